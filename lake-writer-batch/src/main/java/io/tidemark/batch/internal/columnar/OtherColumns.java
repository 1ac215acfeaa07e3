package io.tidemark.batch.internal.columnar;

import java.util.List;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** The columns of a row group whose pages parquet-java's column writers build. */
final class OtherColumns {

  private final ColumnWriteStore store;
  private final List<Integer> positions;
  private final ColumnWriter[] columns;
  private final Levels[] levels;
  private final int slice;

  /**
   * @param positions which columns of the table they are
   */
  OtherColumns(
      FileShape shape,
      ParquetProperties properties,
      ColumnChunkPageWriteStore pages,
      List<Integer> positions) {
    List<Type> fields = positions.stream().map(shape.type()::getType).toList();
    this.store =
        properties.newColumnWriteStore(
            new MessageType(shape.type().getName(), fields), pages, pages);
    this.positions = positions;
    this.columns = new ColumnWriter[positions.size()];
    this.levels = new Levels[columns.length];
    this.slice = properties.getMinRowCountForPageSizeCheck();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = store.getColumnWriter(shape.leaf(positions.get(i)));
      levels[i] = Levels.ofColumn(shape.columns().get(positions.get(i)).isOptional());
    }
  }

  /** Writes a batch slice by slice, so that pages end between slices. */
  void write(ColumnVector[] batch) {
    int size = batch[0].size();
    for (int from = 0; from < size; from += slice) {
      int to = Math.min(from + slice, size);
      for (int i = 0; i < columns.length; i++) {
        batch[positions.get(i)].write(from, to, levels[i], columns[i]);
      }
      for (int row = from; row < to; row++) {
        store.endRecord();
      }
    }
  }

  long length() {
    return store.getBufferedSize();
  }

  long bytes() {
    return store.getAllocatedSize();
  }

  /** Ends the last pages. Nothing may be written afterwards. */
  void finish() {
    store.flush();
    store.close();
  }
}
