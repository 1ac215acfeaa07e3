package io.tidemark.benchmarks.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.benchmarks.source.Column;
import io.tidemark.benchmarks.source.ColumnBatch;
import io.tidemark.benchmarks.source.RowStream;
import io.tidemark.benchmarks.source.SourceTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.apache.iceberg.Files;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadyColumnsWriterTest {
  private static final int ROWS = 45_678;
  private static final int BATCH_ROWS = 10_000;

  @ParameterizedTest
  @EnumSource
  void writesFilesThatOthersRead(SourceTable table, @TempDir Path dir) throws IOException {
    // Given
    ReadyColumnsWriter writer = new ReadyColumnsWriter(table, dir, "leg");

    // When
    RowStream written = table.rows(ROWS, 1, BATCH_ROWS);
    for (ColumnBatch batch = written.next(); batch.rows() > 0; batch = written.next()) {
      writer.write(batch);
    }
    writer.finish();

    // Then
    try (CloseableIterable<Record> file = read(table, dir.resolve("leg.parquet"));
        CloseableIterator<Record> found = file.iterator()) {
      RowStream again = table.rows(ROWS, 1, BATCH_ROWS);
      for (ColumnBatch batch = again.next(); batch.rows() > 0; batch = again.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          assertSame(batch, row, found.next());
        }
      }
      assertThat(found.hasNext()).isFalse();
    }
  }

  private static CloseableIterable<Record> read(SourceTable table, Path file) {
    return Parquet.read(Files.localInput(file.toFile()))
        .project(table.schema())
        .createReaderFunc(type -> GenericParquetReaders.buildReader(table.schema(), type))
        .build();
  }

  private static void assertSame(ColumnBatch batch, int row, Record found) {
    for (int i = 0; i < batch.columns().size(); i++) {
      if (!value(batch, i, row).equals(found.get(i))) {
        assertThat(found.get(i)).as(batch.columns().get(i).name()).isEqualTo(value(batch, i, row));
      }
    }
  }

  private static Object value(ColumnBatch batch, int column, int row) {
    return switch (batch.columns().get(column).kind()) {
      case INT -> (int) batch.numbers(column)[row];
      case LONG -> batch.numbers(column)[row];
      case DECIMAL -> BigDecimal.valueOf(batch.numbers(column)[row], Column.SCALE);
      case DATE -> LocalDate.ofEpochDay(batch.numbers(column)[row]);
      case TIMESTAMP ->
          LocalDateTime.of(1970, 1, 1, 0, 0).plus(batch.numbers(column)[row], ChronoUnit.MICROS);
      case TEXT ->
          new String(
              batch.bytes(column),
              batch.start(column, row),
              batch.end(column, row) - batch.start(column, row),
              StandardCharsets.UTF_8);
    };
  }
}
