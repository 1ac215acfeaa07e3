package io.tidemark.batch.internal.columnar;

import java.io.IOException;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.crypto.InternalFileEncryptor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.jspecify.annotations.Nullable;

/** The pages of a row group, kept until the group goes to its file. */
final class RowGroup {

  private final ColumnChunkPageWriteStore pages;
  private final ColumnWriteStore store;
  private final ColumnWriter[] columns;
  private final Levels[] levels;
  private final int slice;
  private long rows;

  RowGroup(
      FileShape shape,
      ParquetProperties properties,
      @Nullable InternalFileEncryptor encryptor,
      int ordinal) {
    this.slice = properties.getMinRowCountForPageSizeCheck();
    this.pages =
        new ColumnChunkPageWriteStore(
            shape.compressor(),
            shape.type(),
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            properties.getPageWriteChecksumEnabled(),
            encryptor,
            ordinal);
    this.store = properties.newColumnWriteStore(shape.type(), pages, pages);
    this.columns = new ColumnWriter[shape.columns().size()];
    this.levels = new Levels[columns.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = store.getColumnWriter(shape.leaf(i));
      levels[i] = Levels.ofColumn(shape.columns().get(i).isOptional());
    }
  }

  /**
   * Writes a batch slice by slice, so that pages end between slices. Only the last batch of a group
   * may be no whole number of slices.
   */
  void write(ColumnVector[] batch) {
    int size = batch[0].size();
    for (int from = 0; from < size; from += slice) {
      int to = Math.min(from + slice, size);
      for (int i = 0; i < columns.length; i++) {
        batch[i].write(from, to, levels[i], columns[i]);
      }
      for (int row = from; row < to; row++) {
        store.endRecord();
      }
    }
    rows += size;
  }

  /** Returns about how many bytes the group would be in the file. */
  long length() {
    return store.getBufferedSize();
  }

  /** Returns how many bytes of memory the group holds. */
  long bytes() {
    return store.getAllocatedSize();
  }

  /** Moves the group to a file. */
  void flushTo(ParquetFileWriter file) throws IOException {
    file.startBlock(rows);
    store.flush();
    pages.flushToFileWriter(file);
    file.endBlock();
    store.close();
    pages.close();
  }
}
