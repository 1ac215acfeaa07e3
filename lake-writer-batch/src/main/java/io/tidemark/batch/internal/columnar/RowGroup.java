package io.tidemark.batch.internal.columnar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.crypto.InternalFileEncryptor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.jspecify.annotations.Nullable;

/** The pages of a row group, kept until the group goes to its file. */
final class RowGroup {

  private final ColumnChunkPageWriteStore pages;
  private final List<FlatColumn> flat = new ArrayList<>();
  private final List<Integer> positions = new ArrayList<>();
  private final @Nullable OtherColumns others;
  private long rows;

  RowGroup(
      FileShape shape,
      ParquetProperties properties,
      @Nullable InternalFileEncryptor encryptor,
      int ordinal) {
    this.pages =
        new ColumnChunkPageWriteStore(
            shape.compressor(),
            shape.type(),
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            properties.getPageWriteChecksumEnabled(),
            encryptor,
            ordinal);
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < shape.columns().size(); i++) {
      if (FlatColumn.fits(shape.columns().get(i).type(), shape.leaf(i), properties)) {
        flat.add(new FlatColumn(pages.getPageWriter(shape.leaf(i)), properties, shape.leaf(i)));
        positions.add(i);
      } else {
        rest.add(i);
      }
    }
    this.others = rest.isEmpty() ? null : new OtherColumns(shape, properties, pages, rest);
  }

  /** Writes a batch. Only the last of a group may be no whole number of slices. */
  void write(ColumnVector[] batch) throws IOException {
    for (int i = 0; i < flat.size(); i++) {
      flat.get(i).write(batch[positions.get(i)]);
    }
    if (others != null) {
      others.write(batch);
    }
    rows += batch[0].size();
  }

  /** Returns about how many bytes the group would be in the file. */
  long length() {
    long length = others == null ? 0 : others.length();
    for (FlatColumn column : flat) {
      length += column.length();
    }
    return length;
  }

  /** Returns how many bytes of memory the group holds. */
  long bytes() {
    long bytes = others == null ? 0 : others.bytes();
    for (FlatColumn column : flat) {
      bytes += column.bytes();
    }
    return bytes;
  }

  /** Moves the group to a file. */
  void flushTo(ParquetFileWriter file) throws IOException {
    file.startBlock(rows);
    for (FlatColumn column : flat) {
      column.finish();
    }
    if (others != null) {
      others.finish();
    }
    pages.flushToFileWriter(file);
    file.endBlock();
    pages.close();
  }
}
