package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.batch.internal.seal.RowLayout;
import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.window.Window;
import io.tidemark.fixtures.EmbeddedFlink;
import io.tidemark.fixtures.EmbeddedRestCatalog;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyHttpProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.util.ExceptionUtils;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seal that landed, whose answer was lost, and which somebody rolled back meanwhile. */
class RolledBackSealTest {

  private static final AdRow LIVE = AdRow.at("2026-11-20T00:00+09:00", 1, 5, "1.00");
  private static final AdRow SETTLED = AdRow.at("2026-11-20T00:00+09:00", 1, 4, "0.90");

  @TempDir Path directory;

  @Test
  void filesStayWhileASnapshotNamesThem() {
    Path warehouse = directory.resolve("warehouse");
    try (EmbeddedFlink flink = EmbeddedFlink.start(directory, 1);
        EmbeddedRestCatalog rest = EmbeddedRestCatalog.start(behindRest(warehouse));
        FlakyHttpProxy proxy = FlakyHttpProxy.start(rest.uri());
        AdsTable ads = AdsTable.create(reference(proxy), warehouse)) {
      // Given
      ads.publish(LIVE);
      long before = ads.table().table().currentSnapshot().snapshotId();
      proxy.fail(
          Fault.conflict().runAfter(() -> rollBack(ads, before)),
          request -> request.isPost("/tables/campaign_hourly"));

      // When
      assertThatThrownBy(() -> seal(flink.environment(), ads))
          // Then
          .matches(
              e -> ExceptionUtils.findThrowable(e, HistoryRewrittenException.class).isPresent());
      assertThat(proxy.isSpent()).isTrue();
      assertThat(addedFiles(ads.table().table())).hasSize(2).allMatch(Files::exists);
    }
  }

  private static void seal(StreamExecutionEnvironment environment, AdsTable ads) throws Exception {
    Window day = ads.window("2026-11-20");
    InternalTypeInfo<RowData> type = InternalTypeInfo.of(RowLayout.of(ads.table()).sourceType());
    Seal.forRowData(environment.fromData(List.of(SETTLED.data()), type))
        .table(ads.loader())
        .window(day)
        .runId("run-1")
        .allow(io.tidemark.catalog.commit.Seal.Allow.AHEAD_OF_WATERMARK)
        .append();
    environment.execute();
  }

  private static void rollBack(AdsTable ads, long snapshotId) {
    ads.table().table().manageSnapshots().rollbackTo(snapshotId).commit();
  }

  /** Every data file that a retained snapshot added, on main or off it. */
  private static List<Path> addedFiles(Table table) {
    List<Path> files = new ArrayList<>();
    for (Snapshot snapshot : table.snapshots()) {
      snapshot.addedDataFiles(table.io()).forEach(f -> files.add(Path.of(f.location())));
    }
    return files;
  }

  private Map<String, String> behindRest(Path warehouse) {
    return Map.of(
        "catalog-impl",
        "org.apache.iceberg.jdbc.JdbcCatalog",
        "uri",
        "jdbc:sqlite:" + directory.resolve("catalog.db"),
        "jdbc.schema-version",
        "V1",
        "warehouse",
        warehouse.toString());
  }

  private static CatalogReference reference(FlakyHttpProxy proxy) {
    return new CatalogReference("lake", Map.of("type", "rest", "uri", proxy.uri().toString()));
  }
}
