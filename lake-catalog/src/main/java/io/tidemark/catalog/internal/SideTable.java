package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.Publish;
import java.util.Optional;
import java.util.function.Supplier;
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

  /**
   * Appends rows of a publish under an id, unless that has been done before.
   *
   * @param rows gives the rows; asked only where they are to be committed
   */
  void append(Publish publish, String commitId, Supplier<Publish.SideRows> rows) {
    var operations = ((HasTableOperations) table).operations();
    new CommitLoop(table.name(), operations, timing)
        .commit(new SideIntent(publish, commitId, rows));
  }

  /** Returns the table's current snapshot. */
  Optional<Long> head() {
    table.refresh();
    return Optional.ofNullable(table.currentSnapshot()).map(Snapshot::snapshotId);
  }
}
