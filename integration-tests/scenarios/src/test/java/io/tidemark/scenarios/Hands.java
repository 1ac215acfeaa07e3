package io.tidemark.scenarios;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Rewrite;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;

/** What maintenance, ours or a foreign one, does to a table. */
final class Hands {

  private final UnifiedTable table;

  Hands(UnifiedTable table) {
    this.table = table;
  }

  /** Writes the files of a closed window anew, to be committed by the protocol. */
  Rewrite compaction(Window window) {
    Set<DataFile> files = files(window);
    return new Rewrite(
        UUID.randomUUID().toString(),
        List.of(window),
        List.of(table.state().closed().version(window)),
        table.table().currentSnapshot().snapshotId(),
        files,
        Set.copyOf(Rows.write(table, rows(window))));
  }

  /** Compacts as a foreign engine does. */
  void compact(Window range) {
    compact(range, table.table().spec());
  }

  /** Compacts into a spec as a foreign engine does. */
  void compact(Window range, PartitionSpec spec) {
    RewriteFiles rewrite = table.table().newRewrite();
    files(range).forEach(rewrite::deleteFile);
    Rows.write(table, spec, rows(range)).forEach(rewrite::addFile);
    rewrite.commit();
  }

  /** Inserts rows as a foreign engine does. */
  void insert(History history, Row... rows) {
    AppendFiles append = table.table().newAppend();
    Rows.write(table, List.of(rows)).forEach(append::appendFile);
    announce(history, append, before -> before.plusForeign(List.of(rows)));
  }

  /** Deletes the rows of a range as a foreign engine does. */
  void delete(History history, Window range) {
    DeleteFiles delete =
        table.table().newDelete().deleteFromRowFilter(TableLayout.filter(table.contract(), range));
    announce(history, delete, before -> before.without(row -> History.holds(range, row)));
  }

  private void announce(History history, SnapshotUpdate<?> update, UnaryOperator<Expected> effect) {
    update.commit();
    table.refresh();
    history.promise(Long.toString(table.table().currentSnapshot().snapshotId()), effect);
  }

  /** Replaces the table by an empty one of the same schema, as CREATE OR REPLACE does. */
  void replace(Catalog catalog, TableIdentifier id) {
    Transaction replace =
        catalog
            .buildTable(id, table.table().schema())
            .withPartitionSpec(table.table().spec())
            .replaceTransaction();
    replace.newAppend().commit();
    replace.commitTransaction();
  }

  /** Moves main back to an earlier snapshot. */
  void rollBackTo(long snapshotId) {
    table.table().manageSnapshots().rollbackTo(snapshotId).commit();
  }

  /** Expires all snapshots but the newest, and deletes the files that nobody needs. */
  void expireAllButTheNewest() {
    table.table().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
  }

  private List<Row> rows(Window range) {
    return Rows.read(table, table.table().currentSnapshot().snapshotId()).stream()
        .filter(row -> History.holds(range, row))
        .toList();
  }

  private Set<DataFile> files(Window range) {
    Set<DataFile> files = new HashSet<>();
    try (CloseableIterable<FileScanTask> tasks =
        table
            .table()
            .newScan()
            .filter(TableLayout.filter(table.contract(), range))
            .includeColumnStats()
            .planFiles()) {
      tasks.forEach(task -> files.add(task.file().copy()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
