package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.RecordRow;
import io.tidemark.batch.internal.source.ChecksumAccumulator;
import io.tidemark.batch.internal.source.RangeChecksum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/**
 * Adds up files as Iceberg's own reader finds them, which shares nothing with the writer of them.
 */
final class FileChecksum {

  private static final int ROWS_PER_BATCH = 4_096;
  private static final long BYTES_PER_BATCH = 16 << 20;

  private final Table table;
  private final List<ColumnVector> batch;
  private final ChecksumAccumulator sums;

  private FileChecksum(Table table, ChecksumAccumulator sums) {
    this.table = table;
    this.batch =
        table.schema().columns().stream().map(column -> ColumnVector.of(column.type())).toList();
    this.sums = sums;
  }

  /**
   * Reads all files and returns what their rows come to, column by column of the table.
   *
   * @param sums adds them up, and nothing else
   */
  static RangeChecksum of(Table table, List<DataFile> files, ChecksumAccumulator sums) {
    FileChecksum checksum = new FileChecksum(table, sums);
    files.forEach(checksum::add);
    return checksum.sums.checksum();
  }

  private void add(DataFile file) {
    try (CloseableIterable<Record> records = read(file)) {
      records.forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addBatch();
  }

  private CloseableIterable<Record> read(DataFile file) {
    Schema schema = table.schema();
    return Parquet.read(table.io().newInputFile(file))
        .project(schema)
        .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type, Map.of()))
        .build();
  }

  private void add(Record record) {
    RecordRow row = new RecordRow(table.schema(), record);
    for (int i = 0; i < batch.size(); i++) {
      row.read(i, batch.get(i));
    }
    if (batch.get(0).size() == ROWS_PER_BATCH || bytes() >= BYTES_PER_BATCH) {
      addBatch();
    }
  }

  private long bytes() {
    long bytes = 0;
    for (ColumnVector vector : batch) {
      bytes += vector.bytes();
    }
    return bytes;
  }

  private void addBatch() {
    sums.add(batch);
    batch.forEach(ColumnVector::clear);
  }
}
