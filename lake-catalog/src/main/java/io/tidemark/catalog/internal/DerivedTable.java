package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.CommitTiming;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expression;

/** A table whose rows are worked out from elsewhere, and can be worked out again. */
public final class DerivedTable {

  private final Table table;
  private final CommitTiming timing;

  public DerivedTable(Table table, CommitTiming timing) {
    this.table = table;
    this.timing = timing;
  }

  /**
   * Replaces rows in one commit.
   *
   * @param rows the rows to replace, which must be whole files
   * @param content writes the new rows, given the table at the base of the commit; empty where the
   *     rows there are right already
   * @return whether anything was committed
   */
  public boolean replace(Expression rows, Function<Table, Optional<List<DataFile>>> content) {
    var operations = ((HasTableOperations) table).operations();
    return new CommitLoop(table.name(), operations, timing)
        .commit(new Replace(UUID.randomUUID().toString(), rows, content));
  }

  private record Replace(
      String commitId, Expression rows, Function<Table, Optional<List<DataFile>>> content)
      implements CommitIntent<Boolean> {

    /** Whatever became of the table: its rows are worked out anew. */
    @Override
    public boolean repairsHistory() {
      return true;
    }

    @Override
    public String afterRewrite() {
      return "Start it again.";
    }

    @Override
    public Step<Boolean> plan(Base base) {
      Optional<List<DataFile>> files = content.apply(base.table());
      if (files.isEmpty()) {
        return new Step.Done<>(false);
      }
      return new Step.Commit<>(
          tx -> update(tx, files.get()),
          Map.of(Keys.WRITER, Writer.MAINTENANCE.toString()),
          snapshot -> Map.of(),
          snapshot -> true);
    }

    private SnapshotUpdate<?> update(Transaction tx, List<DataFile> files) {
      OverwriteFiles overwrite = tx.newOverwrite().overwriteByRowFilter(rows);
      files.forEach(overwrite::addFile);
      return overwrite;
    }

    @Override
    public Boolean landed(Snapshot snapshot) {
      return true;
    }
  }
}
