package io.tidemark.catalog.internal;

import org.apache.iceberg.BaseTable;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/** Tables as they were at a snapshot, by the names that their columns have now. */
public final class PastTable {

  private PastTable() {}

  /**
   * Returns a table for reading whose head is a retained snapshot. A scan of that snapshot would do
   * but for columns that were renamed since: Iceberg 1.11 binds its filter to the schema of the
   * snapshot in one place and to that of now in another.
   */
  public static Table at(Table table, long snapshotId) {
    TableOperations operations = ((BaseTable) table).operations();
    TableMetadata then =
        TableMetadata.buildFrom(operations.current())
            .setBranchSnapshot(snapshotId, SnapshotRef.MAIN_BRANCH)
            .build();
    return new BaseTable(new PinnedOperations(operations, then), table.name());
  }
}
