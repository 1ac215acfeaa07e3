package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.catalog.PlainTable.OnDrift;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.window.Window;
import io.tidemark.fixtures.EmbeddedRestCatalog;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyHttpProxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit that landed and was rolled back before its writer heard of it. */
class RolledBackCommitTest {

  private static final TableIdentifier ORDERS = TableIdentifier.of("raw", "orders");
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.IntegerType.get()));
  private static final Set<Seal.Allow> AHEAD = Set.of(Seal.Allow.AHEAD_OF_WATERMARK);

  @TempDir private Path directory;

  private EmbeddedRestCatalog rest;
  private FlakyHttpProxy proxy;
  private OpenCatalog open;

  @BeforeEach
  void start() {
    rest = EmbeddedRestCatalog.start(Map.of("warehouse", directory.toString()));
    proxy = FlakyHttpProxy.start(rest.uri());
    open =
        OpenCatalog.of(
            new CatalogReference("lake", Map.of("type", "rest", "uri", proxy.uri().toString())));
  }

  @AfterEach
  void stop() {
    open.close();
    proxy.close();
    rest.close();
  }

  @Test
  void aSealIsFollowedByARepair() {
    // Given
    UnifiedTable table =
        UnifiedTable.createOrVerify(open.catalog(), Clicks.ID, Clicks.contract().build());
    seal(table, "run-1", "2026-11-20");
    rollBackTheNextCommit(Clicks.ID);

    // When
    HistoryRewrittenException rewritten =
        catchThrowableOfType(
            HistoryRewrittenException.class, () -> seal(table, "run-2", "2026-11-21"));

    // Then
    assertThat(rewritten)
        .hasMessageStartingWith("Cannot commit to ads.clicks: history was rewritten.")
        .hasMessageEndingWith("Run repair on the table.");
  }

  @Test
  void aLoadIsFollowedByAFullOne() {
    // Given
    PlainTable table =
        PlainTable.createOrEvolve(
            open.catalog(), ORDERS, SCHEMA, PartitionSpec.unpartitioned(), OnDrift.FAIL);
    table.commit(load("run-1"));
    rollBackTheNextCommit(ORDERS);

    // When
    HistoryRewrittenException rewritten =
        catchThrowableOfType(HistoryRewrittenException.class, () -> table.commit(load("run-2")));

    // Then
    assertThat(rewritten)
        .hasMessageStartingWith("Cannot commit to raw.orders: history was rewritten.")
        .hasMessageEndingWith("Load it anew with --full.");
  }

  private void rollBackTheNextCommit(TableIdentifier identifier) {
    proxy.fail(
        Fault.conflict().runAfter(() -> rollBack(identifier)),
        request -> request.isPost("/tables/" + identifier.name()));
  }

  private void rollBack(TableIdentifier identifier) {
    Table table = open.catalog().loadTable(identifier);
    table.manageSnapshots().rollbackTo(table.currentSnapshot().parentId()).commit();
  }

  private static void seal(UnifiedTable table, String runId, String day) {
    Window window = table.contract().window().parse(day);
    table.seal(new Seal(table.planSeal(runId, window, AHEAD), List.of(), null, AHEAD));
  }

  private static Load load(String runId) {
    return new Load(
        runId,
        Load.Mode.APPEND,
        List.of(
            DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("memory:/orders/%s.parquet".formatted(runId))
                .withFileSizeInBytes(100)
                .withRecordCount(1)
                .build()),
        "shop public.orders");
  }
}
