package io.tidemark.batch.internal.load;

import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.PlainTable.OnDrift;
import io.tidemark.catalog.commit.LoadState;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.jspecify.annotations.Nullable;

/**
 * The plain table of a load, as it is or would be.
 *
 * @param table the table; null where there is none yet
 * @param schema the columns that it would have once it was loaded
 */
record LoadTarget(@Nullable PlainTable table, Schema schema) {

  /**
   * Returns the target of a load.
   *
   * @param source the source's columns
   */
  static LoadTarget of(@Nullable PlainTable table, Schema source, OnDrift onDrift) {
    return new LoadTarget(table, table == null ? source : table.evolved(source, onDrift));
  }

  /** Tells whether it has no rows for certain. */
  boolean isEmpty() {
    Snapshot now = table == null ? null : table.table().currentSnapshot();
    return now == null || "0".equals(now.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
  }

  Optional<LoadState> state() {
    return table == null ? Optional.empty() : table.state();
  }
}
