package io.tidemark.batch.internal.columnar;

import static io.tidemark.batch.internal.columnar.EdgeValues.edges;
import static io.tidemark.batch.internal.columnar.EdgeValues.everyType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** As the thread that reads writes, and as another one does beside it. */
@ParameterizedClass(name = "beside: {0}")
@ValueSource(booleans = {false, true})
class ColumnarWriterTest {

  private static final Schema ORDERS =
      new Schema(
          Types.NestedField.required(1, "number", Types.LongType.get()),
          Types.NestedField.required(2, "created", Types.TimestampType.withoutZone()),
          Types.NestedField.optional(3, "country", Types.StringType.get()),
          Types.NestedField.optional(
              4, "items", Types.ListType.ofOptional(5, Types.LongType.get())),
          Types.NestedField.optional(6, "session", Types.StringType.get()));

  @TempDir Path directory;

  @Parameter private boolean beside;

  @Test
  void edgesOfEveryTypeComeBack() throws IOException {
    // Given
    Schema schema = everyType();
    Table table = table(schema, PartitionSpec.unpartitioned(), Map.of());
    List<Record> rows = edges(schema);

    // When
    List<DataFile> files = ColumnarTable.write(table, rows, ColumnarTable.PLENTY, beside);

    // Then
    AppendFiles append = table.newAppend();
    files.forEach(append::appendFile);
    append.commit();
    try (CloseableIterable<Record> read = IcebergGenerics.read(table).build()) {
      assertThat(ColumnarTable.values(Stream.of(read).flatMap(ColumnarWriterTest::stream)))
          .isEqualTo(ColumnarTable.values(rows.stream()));
    }
  }

  @Test
  void pagesCountTheRowsThatTheirIndexSays() throws IOException {
    // Given
    Table table =
        table(
            ORDERS,
            PartitionSpec.unpartitioned(),
            Map.of("write.parquet.page-row-limit", "250", "write.parquet.page-size-bytes", "2000"));

    // When
    List<DataFile> files = ColumnarTable.write(table, orders(10_007), ColumnarTable.PLENTY, beside);

    // Then
    try (ParquetFileReader reader = reader(files.get(0))) {
      BlockMetaData group = reader.getRowGroups().get(0);
      for (int column : List.of(0, 3)) {
        ColumnChunkMetaData chunk = group.getColumns().get(column);
        OffsetIndex offsets = reader.readOffsetIndex(chunk);
        ColumnIndex values = reader.readColumnIndex(chunk);
        assertThat(offsets.getPageCount()).isGreaterThan(40);
        for (int page = 0; page < offsets.getPageCount(); page++) {
          long last = offsets.getLastRowIndex(page, group.getRowCount());
          assertThat(offsets.getFirstRowIndex(page) % 100).isZero();
          assertThat(value(values.getMinValues().get(page)))
              .isEqualTo(offsets.getFirstRowIndex(page));
          assertThat(value(values.getMaxValues().get(page))).isEqualTo(last);
        }
      }
    }
  }

  @Test
  void columnsOfManyDistinctValuesGetNoDictionaryInAnyFile() throws IOException {
    // Given
    Table table = table(ORDERS, byDay(), Map.of());

    // When
    List<DataFile> files = ColumnarTable.write(table, orders(10_000), ColumnarTable.PLENTY, beside);

    // Then
    assertThat(files).hasSize(31);
    for (DataFile file : files) {
      try (ParquetFileReader reader = reader(file)) {
        List<ColumnChunkMetaData> chunks = reader.getRowGroups().get(0).getColumns();
        assertThat(chunks.get(2).getEncodings()).contains(Encoding.PLAIN_DICTIONARY);
        assertThat(chunks.get(4).getEncodings()).doesNotContain(Encoding.PLAIN_DICTIONARY);
      }
    }
  }

  @Test
  void aDictionaryThatIsFullGivesWayWithinTheFile() throws IOException {
    // Given: a few values at first, then only new ones
    Schema schema =
        new Schema(
            Types.NestedField.required(1, "number", Types.LongType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()));
    Table table =
        table(
            schema, PartitionSpec.unpartitioned(), Map.of("write.parquet.dict-size-bytes", "2000"));
    List<Record> rows = new ArrayList<>();
    for (long number = 0; number < 9_000; number++) {
      Record row = GenericRecord.create(schema);
      row.set(0, number);
      row.set(1, number % 5 == 0 ? null : "name " + (number < 3_000 ? number % 4 : number));
      rows.add(row);
    }

    // When
    List<DataFile> files = ColumnarTable.write(table, rows, ColumnarTable.PLENTY, beside);

    // Then
    assertThat(ColumnarTable.read(table, files.get(0))).isEqualTo(rows);
    assertThat(files.get(0).nullValueCounts()).containsEntry(2, 1_800L);
    try (ParquetFileReader reader = reader(files.get(0))) {
      assertThat(reader.getRowGroups().get(0).getColumns().get(1).getEncodings())
          .contains(Encoding.PLAIN_DICTIONARY, Encoding.PLAIN);
    }
  }

  @Test
  void littleMemoryMakesMoreRowGroupsAndLosesNothing() {
    // Given
    Table table = ColumnarTable.createInMemory(ORDERS, byDay(), Map.of());
    List<Record> rows = orders(100_000);

    // When
    List<DataFile> files = ColumnarTable.write(table, rows, 7 << 20, beside);

    // Then
    assertThat(files).hasSize(31);
    assertThat(files).anyMatch(file -> file.splitOffsets().size() > 1);
    assertThat(ColumnarTable.values(rowsOf(table, files)))
        .isEqualTo(ColumnarTable.values(rows.stream()));
  }

  @Test
  void littleMemoryMakesSmallerPagesBeforeItMakesMoreRowGroups() throws IOException {
    // Given
    Table table = table(ORDERS, byDay(), Map.of());
    List<Record> rows = orders(200_000);

    // When
    List<DataFile> files = ColumnarTable.write(table, rows, 10 << 20, beside);

    // Then
    for (DataFile file : files) {
      try (ParquetFileReader reader = reader(file)) {
        assertThat(reader.getRowGroups()).hasSizeLessThan(4);
        for (BlockMetaData group : reader.getRowGroups()) {
          OffsetIndex pages = reader.readOffsetIndex(group.getColumns().get(0));
          assertThat(pages.getLastRowIndex(0, group.getRowCount())).isLessThan(2_000);
        }
      }
    }
    assertThat(ColumnarTable.values(rowsOf(table, files)))
        .isEqualTo(ColumnarTable.values(rows.stream()));
  }

  @Test
  void partitionsThatMemoryCannotHoldOpenEndTheirFiles() {
    // Given
    PartitionSpec spec = PartitionSpec.builderFor(ORDERS).hour("created").build();
    Table table = ColumnarTable.createInMemory(ORDERS, spec, Map.of());
    List<Record> rows = orders(5_000);

    // When
    List<DataFile> files = ColumnarTable.write(table, rows, 1 << 18, beside);

    // Then
    assertThat(files).hasSizeGreaterThan(31 * 24);
    assertThat(ColumnarTable.values(rowsOf(table, files)))
        .isEqualTo(ColumnarTable.values(rows.stream()));
  }

  @Test
  void filesEndAtTheTargetSize() {
    // Given
    Table table =
        table(
            ORDERS,
            PartitionSpec.unpartitioned(),
            Map.of(
                "write.target-file-size-bytes", "300000", "write.parquet.page-row-limit", "1000"));

    // When
    List<DataFile> files = ColumnarTable.write(table, orders(60_000), ColumnarTable.PLENTY, beside);

    // Then
    assertThat(files).hasSizeGreaterThan(5);
    assertThat(files).allMatch(file -> file.fileSizeInBytes() < 400_000);
    assertThat(files.stream().mapToLong(DataFile::recordCount).sum()).isEqualTo(60_000);
  }

  @Test
  void noRowsMakeNoFile() {
    assertThat(
            ColumnarTable.write(
                table(ORDERS, byDay(), Map.of()), List.of(), ColumnarTable.PLENTY, beside))
        .isEmpty();
  }

  @Test
  void aWriterThatDoesNotFinishLeavesNothing() throws IOException {
    // Given
    Table table = table(ORDERS, byDay(), Map.of("write.target-file-size-bytes", "20000"));
    ColumnarWriter writer = ColumnarTable.writer(table, 8 << 20, beside);
    orders(60_000).forEach(row -> writer.append(new RecordRow(ORDERS, row)));
    assertThat(parquetFiles()).isPositive();

    // When
    writer.close();

    // Then
    assertThat(parquetFiles()).isZero();
  }

  @Test
  void aFileThatCannotBeWrittenFailsTheWriter() throws IOException {
    // Given
    Table table = table(ORDERS, PartitionSpec.unpartitioned(), Map.of());
    Files.createFile(directory.resolve("table/data"));

    // Then
    assertThatThrownBy(
            () -> ColumnarTable.write(table, orders(5_000), ColumnarTable.PLENTY, beside))
        .hasStackTraceContaining("/data");
  }

  @Test
  void aNullInARequiredColumnIsRefused() throws IOException {
    // Given
    Table table = table(ORDERS, PartitionSpec.unpartitioned(), Map.of());
    Record row = orders(1).get(0);
    row.setField("created", null);

    // Then
    assertThatThrownBy(() -> ColumnarTable.write(table, List.of(row), ColumnarTable.PLENTY, beside))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("Cannot write rows: column created is required and has nulls");
    assertThat(parquetFiles()).isZero();
  }

  private Table table(Schema schema, PartitionSpec spec, Map<String, String> properties) {
    return ColumnarTable.create(directory, schema, spec, new HashMap<>(properties));
  }

  private static PartitionSpec byDay() {
    return PartitionSpec.builderFor(ORDERS).day("created").build();
  }

  /** Orders of a month in no order of time; every column but the country is distinct. */
  private static List<Record> orders(int count) {
    Random random = new Random(7);
    LocalDateTime month = LocalDateTime.parse("2026-10-01T00:00");
    return IntStream.range(0, count)
        .mapToObj(
            number -> {
              Record row = GenericRecord.create(ORDERS);
              row.set(0, (long) number);
              row.set(1, month.plusSeconds(random.nextInt(31 * 86_400)));
              row.set(2, "C" + random.nextInt(20));
              row.set(3, List.of((long) number));
              row.set(4, new UUID(random.nextLong(), random.nextLong()).toString());
              return row;
            })
        .toList();
  }

  private static Stream<Record> rowsOf(Table table, List<DataFile> files) {
    return files.stream().flatMap(file -> ColumnarTable.read(table, file).stream());
  }

  private static Stream<Record> stream(CloseableIterable<Record> rows) {
    Stream.Builder<Record> stream = Stream.builder();
    rows.forEach(stream::add);
    return stream.build();
  }

  private long parquetFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private static ParquetFileReader reader(DataFile file) throws IOException {
    return ParquetFileReader.open(
        HadoopInputFile.fromPath(
            new org.apache.hadoop.fs.Path(file.location()), new Configuration()));
  }

  private static long value(ByteBuffer bound) {
    return bound.order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong(0);
  }
}
