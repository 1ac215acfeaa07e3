package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.Column;
import io.tidemark.benchmarks.source.SourceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/** Adds up every column of an Iceberg table, read with Iceberg's generic reader. */
final class TableDigest {
  private static final LocalDateTime EPOCH = LocalDate.EPOCH.atStartOfDay();

  private final List<Column> columns;
  private final Table table;

  private TableDigest(List<Column> columns, Table table) {
    this.columns = columns;
    this.table = table;
  }

  static Map<String, ColumnDigest> of(SourceTable source, Table table) {
    return new TableDigest(source.columns(), table).read();
  }

  private Map<String, ColumnDigest> read() {
    List<FileScanTask> files = files();
    Map<String, ColumnDigest> digest = new LinkedHashMap<>();
    Stream<Map<String, ColumnDigest>> parts = files.parallelStream().map(this::read);
    parts.forEachOrdered(
        part -> part.forEach((name, column) -> digest.merge(name, column, ColumnDigest::plus)));
    return digest;
  }

  private List<FileScanTask> files() {
    List<FileScanTask> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> planned = table.newScan().planFiles()) {
      planned.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot plan a scan of " + table.name(), e);
    }
    return files;
  }

  private Map<String, ColumnDigest> read(FileScanTask file) {
    List<ColumnDigest.Sum> sums = columns.stream().map(any -> new ColumnDigest.Sum()).toList();
    GenericDeleteFilter deletes =
        new GenericDeleteFilter(table.io(), file, table.schema(), table.schema());
    Schema schema = deletes.requiredSchema();
    try (CloseableIterable<Record> all =
            Parquet.read(table.io().newInputFile(file.file()))
                .project(schema)
                .reuseContainers()
                .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                .build();
        CloseableIterable<Record> rows = deletes.filter(all)) {
      rows.forEach(row -> add(row, sums));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.file().location(), e);
    }
    Map<String, ColumnDigest> digest = new LinkedHashMap<>();
    columns.forEach(column -> digest.put(column.name(), sums.get(digest.size()).digest()));
    return digest;
  }

  private void add(Record row, List<ColumnDigest.Sum> sums) {
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.getField(columns.get(i).name());
      if (value != null) {
        sums.get(i).add(number(value));
      }
    }
  }

  private static long number(Object value) {
    if (value instanceof Number number && !(value instanceof BigDecimal)) {
      return number.longValue();
    } else if (value instanceof BigDecimal decimal) {
      return decimal.setScale(Column.SCALE).unscaledValue().longValueExact();
    } else if (value instanceof LocalDate date) {
      return date.toEpochDay();
    } else if (value instanceof LocalDateTime time) {
      return ChronoUnit.MICROS.between(EPOCH, time);
    } else if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }
    throw new IllegalArgumentException("Cannot digest a value of " + value.getClass());
  }
}
