package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.Publish;
import java.util.Optional;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** A table beside the main one, which a publish appends to before its main commit, once. */
final class SideTable {

  private final Table table;
  private final CommitTiming timing;

  SideTable(Table table, CommitTiming timing) {
    this.table = table;
    this.timing = timing;
  }

  /** Appends a publish's rows, unless that has been done before. */
  void append(Publish publish, Publish.SideRows rows) {
    if (!rows.files().isEmpty()) {
      var operations = ((HasTableOperations) table).operations();
      new CommitLoop(table.name(), operations, timing).commit(new SideIntent(publish, rows));
    }
  }

  /** Returns the table's current snapshot. */
  Optional<Long> head() {
    table.refresh();
    return Optional.ofNullable(table.currentSnapshot()).map(Snapshot::snapshotId);
  }
}
