package io.tidemark.batch.internal.load;

import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.commit.LoadState;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The plain table of a load, as it is or would be.
 *
 * @param table the table; null where there is none yet
 * @param schema its columns
 */
record LoadTarget(@Nullable PlainTable table, Schema schema) {

  /** Tells whether it has no rows for certain. */
  boolean isEmpty() {
    return table == null || table.table().currentSnapshot() == null;
  }

  Optional<LoadState> state() {
    return table == null ? Optional.empty() : table.state();
  }
}
