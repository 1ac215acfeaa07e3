package io.tidemark.benchmarks.limit;

import io.tidemark.benchmarks.source.Column;
import io.tidemark.benchmarks.source.ColumnBatch;
import io.tidemark.benchmarks.source.SourceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Writes ready columns with parquet-java's column writers: zstd at the fastest level that any
 * subject takes, page and dictionary sizes as Iceberg sets them, a file and a row group for every
 * 128 MiB. Each file replaces the last.
 */
final class ReadyColumnsWriter {
  private static final long FILE_BYTES = 128L << 20;

  /** Pages may end only where all columns have as many values as there were rows. */
  private static final int STRIDE = 1_000;

  private static final ParquetProperties PROPERTIES =
      ParquetProperties.builder()
          .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
          .withPageSize(1 << 20)
          .withDictionaryPageSize(2 << 20)
          .withPageRowCountLimit(20 * STRIDE)
          .withMinRowCountForPageSizeCheck(STRIDE)
          .estimateRowCountForPageSizeCheck(false)
          .build();

  private final SourceTable table;
  private final MessageType schema;
  private final Path file;
  private final CodecFactory.BytesCompressor zstd;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore store;
  private long rows;

  ReadyColumnsWriter(SourceTable table, Path directory, String name) throws IOException {
    this.table = table;
    this.schema = ParquetSchemaUtil.convert(table.schema(), "table");
    this.file = Files.createDirectories(directory).resolve(name + ".parquet");
    Configuration level = new Configuration(false);
    level.setInt("parquet.compression.codec.zstd.level", 1);
    this.zstd = new CodecFactory(level, 1 << 20).getCompressor(CompressionCodecName.ZSTD);
    open();
  }

  /** Writes all of a batch, whose rows but for the last batch's are a multiple of the stride. */
  long write(ColumnBatch batch) throws IOException {
    for (int from = 0; from < batch.rows(); from += STRIDE) {
      int to = Math.min(from + STRIDE, batch.rows());
      for (int column = 0; column < table.columns().size(); column++) {
        write(batch, column, from, to);
      }
      for (int row = from; row < to; row++) {
        store.endRecord();
      }
      rows += to - from;
      if (store.getBufferedSize() >= FILE_BYTES) {
        finish();
        open();
      }
    }
    return rows;
  }

  /** Writes the last file, and returns its size in bytes. */
  long finish() throws IOException {
    store.flush();
    ParquetFileWriter out =
        new ParquetFileWriter(
            new LocalOutputFile(file), schema, ParquetFileWriter.Mode.OVERWRITE, FILE_BYTES, 0);
    out.start();
    if (rows > 0) {
      out.startBlock(rows);
      pages.flushToFileWriter(out);
      out.endBlock();
    }
    out.end(Map.of());
    store.close();
    pages.close();
    return out.getPos();
  }

  private void open() {
    rows = 0;
    pages = new ColumnChunkPageWriteStore(zstd, schema, HeapByteBufferAllocator.getInstance(), 64);
    store = PROPERTIES.newColumnWriteStore(schema, pages);
  }

  private void write(ColumnBatch batch, int column, int from, int to) {
    ColumnWriter writer = store.getColumnWriter(schema.getColumns().get(column));
    Column.Kind kind = table.columns().get(column).kind();
    switch (kind) {
      case TEXT -> texts(writer, batch, column, from, to);
      case INT, DATE -> ints(writer, batch.numbers(column), from, to);
      case LONG, DECIMAL, TIMESTAMP -> longs(writer, batch.numbers(column), from, to);
    }
  }

  private static void ints(ColumnWriter writer, long[] values, int from, int to) {
    for (int row = from; row < to; row++) {
      writer.write((int) values[row], 0, 1);
    }
  }

  private static void longs(ColumnWriter writer, long[] values, int from, int to) {
    for (int row = from; row < to; row++) {
      writer.write(values[row], 0, 1);
    }
  }

  private static void texts(ColumnWriter writer, ColumnBatch batch, int column, int from, int to) {
    byte[] bytes = batch.bytes(column);
    for (int row = from; row < to; row++) {
      int start = batch.start(column, row);
      int length = batch.end(column, row) - start;
      writer.write(Binary.fromReusedByteArray(bytes, start, length), 0, 1);
    }
  }
}
