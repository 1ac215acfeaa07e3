package io.tidemark.batch.internal.upsert;

import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.util.ContentFileUtil;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of one data file that go.
 *
 * @param task the file, and the delete files that hold for it
 * @param going the positions of the rows that go and were there
 * @param gone the positions of the rows that had gone before
 */
record Positions(FileScanTask task, RoaringBitmap going, RoaringBitmap gone) {

  /**
   * Leaves out what had gone before.
   *
   * @param found the positions of all rows with the keys, which stays as it is
   */
  static Positions of(Table table, FileScanTask task, RoaringBitmap found) {
    RoaringBitmap gone = gone(table, task);
    return new Positions(task, RoaringBitmap.andNot(found, gone), gone);
  }

  private static RoaringBitmap gone(Table table, FileScanTask task) {
    RoaringBitmap gone = new RoaringBitmap();
    List<DeleteFile> deletes = deletes(task).toList();
    if (!deletes.isEmpty()) {
      PositionDeleteIndex index =
          new BaseDeleteLoader(file -> table.io().newInputFile(file))
              .loadPositionDeletes(deletes, task.file().location());
      index.forEach(position -> gone.add(Math.toIntExact(position)));
    }
    return gone;
  }

  long rows() {
    return going.getLongCardinality();
  }

  /** Returns the positions of all rows that are gone afterwards. */
  RoaringBitmap all() {
    return RoaringBitmap.or(gone, going);
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
    return task.file().recordCount() - going.getLongCardinality() - gone.getLongCardinality();
  }
}
