package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.CommitTiming;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.StreamToken;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** A table beside the main one, which a publish appends to before its main commit, once. */
final class SideTable {

  /** What is done under new ids is not missing there. */
  static final String AFTER_REWRITE = "Start the stream with an explicit take-over.";

  private final Table table;
  private final CommitTiming timing;
  private final Supplier<Base> main;

  /**
   * @param main reads main anew
   */
  SideTable(Table table, CommitTiming timing, Supplier<Base> main) {
    this.table = table;
    this.timing = timing;
    this.main = main;
  }

  /**
   * Appends rows of a publish under an id, unless that has been done before.
   *
   * @param rows gives the rows; asked only where they are to be committed
   */
  void append(Publish publish, String commitId, Supplier<Publish.SideRows> rows) {
    commit(new SideIntent(publish, commitId, rows, main));
  }

  /**
   * Takes out what older runs of a stream left behind, and fences them, after main did.
   *
   * @param token what a take-over or a retirement left on main
   */
  void settle(StreamToken token) {
    commit(new SideTakeOver(token, main));
  }

  private void commit(CommitIntent<Boolean> intent) {
    var operations = ((HasTableOperations) table).operations();
    new CommitLoop(table.name(), operations, timing).commit(intent);
  }

  /** Returns the table's current snapshot. */
  Optional<Long> head() {
    table.refresh();
    return Optional.ofNullable(table.currentSnapshot()).map(Snapshot::snapshotId);
  }
}
