package io.tidemark.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.TableLoader;
import io.tidemark.fixtures.EmbeddedFlink;
import io.tidemark.fixtures.EmbeddedRestCatalog;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyHttpProxy;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compaction that landed, whose answer was lost, and which somebody rolled back meanwhile. */
class RolledBackCompactionTest {

  @TempDir private Path directory;

  @Test
  void filesStayWhileASnapshotNamesThem() {
    try (EmbeddedFlink flink = EmbeddedFlink.start(directory, 1);
        EmbeddedRestCatalog rest = EmbeddedRestCatalog.start(behindRest());
        FlakyHttpProxy proxy = FlakyHttpProxy.start(rest.uri());
        ClicksTable clicks = ClicksTable.create(loader(proxy))) {
      // Given
      long before = clicks.seal("run-1", clicks.day("2026-11-19"), 3).snapshotId();
      proxy.fail(
          Fault.conflict()
              .runAfter(() -> clicks.iceberg().manageSnapshots().rollbackTo(before).commit()),
          request -> request.isPost("/tables/clicks"));

      // When
      assertThatThrownBy(
              () ->
                  MaintenanceRun.forTable(clicks.loader())
                      .environment(flink.environment())
                      .add(CompactClosedWindows.targetFileSize(MemorySize.ofMebiBytes(16)))
                      .run())
          // Then
          .hasMessageContaining("history was rewritten");
      assertThat(proxy.isSpent()).isTrue();
      assertThat(clicks.snapshots()).hasSize(2);
      assertThat(clicks.missingFiles()).isEmpty();
    }
  }

  private Map<String, String> behindRest() {
    return Map.of(
        "catalog-impl",
        "org.apache.iceberg.jdbc.JdbcCatalog",
        "uri",
        "jdbc:sqlite:" + directory.resolve("catalog.db"),
        "jdbc.schema-version",
        "V1",
        "warehouse",
        directory.resolve("warehouse").toString());
  }

  private static TableLoader loader(FlakyHttpProxy proxy) {
    Map<String, String> properties = Map.of("type", "rest", "uri", proxy.uri().toString());
    return new TableLoader(new CatalogReference("lake", properties), "ads.clicks");
  }
}
