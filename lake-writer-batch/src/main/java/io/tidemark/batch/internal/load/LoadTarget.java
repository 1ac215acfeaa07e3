package io.tidemark.batch.internal.load;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.PlainTable.OnDrift;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.PartitionBy;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
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

  /** Returns a table as it is; null where there is none. */
  static @Nullable PlainTable find(Catalog catalog, TableIdentifier identifier) {
    try {
      return PlainTable.load(catalog, identifier);
    } catch (NoSuchTableException | NoSuchNamespaceException e) {
      return null;
    }
  }

  /**
   * Returns the partitions that an entry asks for, which may be by columns that the source has
   * lost.
   *
   * @throws InvalidRequestException if there is no such column, or it cannot be partitioned so
   */
  PartitionSpec spec(LoadEntry entry) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    try {
      for (PartitionBy field : entry.partition()) {
        field.addTo(spec);
      }
      return spec.build();
    } catch (RuntimeException e) {
      throw new InvalidRequestException(
          "Cannot partition %s: %s".formatted(entry.name(), e.getMessage()), e);
    }
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
