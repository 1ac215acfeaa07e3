package io.tidemark.batch.internal.columnar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/** Tables to write to, and what Iceberg's readers find in their files. */
final class ColumnarTable {

  static final long PLENTY = 256 << 20;

  private ColumnarTable() {}

  /** Creates a table whose files are in memory: many of them cost little. */
  static Table createInMemory(Schema schema, PartitionSpec spec, Map<String, String> properties) {
    InMemoryCatalog catalog = new InMemoryCatalog();
    catalog.initialize("memory", Map.of());
    catalog.createNamespace(Namespace.of("db"));
    return catalog.createTable(TableIdentifier.of("db", "table"), schema, spec, properties);
  }

  static Table create(
      Path directory, Schema schema, PartitionSpec spec, Map<String, String> properties) {
    return new HadoopTables(new Configuration())
        .create(schema, spec, properties, directory.resolve("table").toString());
  }

  /**
   * @param beside whether another thread encodes and compresses
   */
  static ColumnarWriter writer(Table table, long memoryBytes, boolean beside) {
    OutputFileFactory names =
        OutputFileFactory.builderFor(table, 1, 1).format(FileFormat.PARQUET).build();
    return new ColumnarWriter(table, names, memoryBytes, beside);
  }

  static List<DataFile> write(Table table, List<Record> rows, long memoryBytes, boolean beside) {
    try (ColumnarWriter writer = writer(table, memoryBytes, beside)) {
      rows.forEach(row -> writer.append(new RecordRow(table.schema(), row)));
      return writer.finish();
    }
  }

  /** Returns the rows of a file in their order. */
  static List<Record> read(Table table, DataFile file) {
    try (CloseableIterable<Record> rows =
        Parquet.read(table.io().newInputFile(file))
            .project(table.schema())
            .createReaderFunc(
                type -> GenericParquetReaders.buildReader(table.schema(), type, Map.of()))
            .build()) {
      List<Record> read = new ArrayList<>();
      rows.forEach(row -> read.add(row.copy()));
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the values of rows, by the number in their first column, so that they compare. */
  static List<List<@Nullable Object>> values(Stream<Record> rows) {
    return rows.sorted(Comparator.comparing(row -> (Long) row.get(0)))
        .map(row -> Arrays.asList(values(row)))
        .toList();
  }

  private static @Nullable Object[] values(Record row) {
    @Nullable Object[] values = new Object[row.size()];
    Arrays.setAll(values, i -> comparable(row.get(i)));
    return values;
  }

  private static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return Arrays.asList(list.stream().map(ColumnarTable::comparable).toArray());
    }
    return value instanceof byte[] fixed ? ByteBuffer.wrap(fixed) : value;
  }
}
