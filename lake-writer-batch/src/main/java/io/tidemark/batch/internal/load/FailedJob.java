package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadOutcome;
import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.commit.LoadResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.catalog.Catalog;

/**
 * A job that failed as a whole, with all that it knew. What became of its tables, they tell
 * themselves.
 *
 * @param catalog the catalog of the tables
 * @param loads the loads of the job
 * @param cause why it failed
 */
record FailedJob(CatalogReference catalog, List<TableLoad> loads, LakeException cause) {

  List<LoadOutcome> outcomes() {
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      return loads.stream().map(load -> outcome(open.catalog(), load)).toList();
    } catch (LakeException e) {
      return loads.stream().map(load -> unknown(load, e)).toList();
    }
  }

  private LoadOutcome outcome(Catalog opened, TableLoad load) {
    try {
      PlainTable table = PlainTable.load(opened, load.loader().identifier());
      return table
          .find(load.runId())
          .map(result -> landed(load, table, result))
          .orElseGet(() -> failed(load, cause.getMessage()));
    } catch (RuntimeException e) {
      return unknown(load, e);
    }
  }

  private static LoadOutcome landed(TableLoad load, PlainTable table, LoadResult result) {
    return new LoadOutcome.Loaded(
        load.name(),
        result.mode(),
        result.rows(),
        result.replaced(),
        0,
        files(table.table().snapshot(result.snapshotId())),
        0,
        result.snapshotId(),
        false,
        null,
        Duration.ZERO);
  }

  private static int files(Snapshot snapshot) {
    Map<String, String> summary = snapshot == null ? Map.of() : snapshot.summary();
    return Integer.parseInt(summary.getOrDefault(SnapshotSummary.ADDED_FILES_PROP, "0"));
  }

  private LoadOutcome unknown(TableLoad load, RuntimeException e) {
    return failed(
        load,
        "%s. Whether it landed is unknown: %s"
            .formatted(cause.getMessage(), Failure.of(load.name(), e).message()));
  }

  private LoadOutcome failed(TableLoad load, String reason) {
    return new LoadOutcome.Failed(load.name(), reason, cause.exitCode());
  }
}
