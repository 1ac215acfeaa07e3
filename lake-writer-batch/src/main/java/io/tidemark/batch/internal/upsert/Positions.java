package io.tidemark.batch.internal.upsert;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.util.ContentFileUtil;

/**
 * The rows of one data file that go.
 *
 * @param task the file, and the delete files that hold for it
 * @param going the positions of the rows that go and were there
 * @param gone the positions of the rows that had gone before
 */
record Positions(FileScanTask task, BitSet going, BitSet gone) {

  /**
   * Leaves out what had gone before.
   *
   * @param found the positions of all rows with the keys, which stays as it is
   */
  static Positions of(Table table, FileScanTask task, BitSet found) {
    BitSet gone = gone(table, task);
    BitSet going = (BitSet) found.clone();
    going.andNot(gone);
    return new Positions(task, going, gone);
  }

  private static BitSet gone(Table table, FileScanTask task) {
    BitSet gone = new BitSet();
    List<DeleteFile> deletes = deletes(task).toList();
    if (!deletes.isEmpty()) {
      PositionDeleteIndex index =
          new BaseDeleteLoader(file -> table.io().newInputFile(file))
              .loadPositionDeletes(deletes, task.file().location());
      index.forEach(position -> gone.set(Math.toIntExact(position)));
    }
    return gone;
  }

  long rows() {
    return going.cardinality();
  }

  /** Returns the positions of all rows that are gone afterwards. */
  BitSet all() {
    BitSet all = (BitSet) gone.clone();
    all.or(going);
    return all;
  }

  /** Returns the delete files that hold for no other data file. */
  List<DeleteFile> ownDeletes() {
    return deletes(task).filter(ContentFileUtil::isFileScoped).toList();
  }

  private static Stream<DeleteFile> deletes(FileScanTask task) {
    return task.deletes().stream().filter(f -> f.content() == FileContent.POSITION_DELETES);
  }

  /** Returns how many rows of the file stay. */
  long staying() {
    return task.file().recordCount() - going.cardinality() - gone.cardinality();
  }
}
