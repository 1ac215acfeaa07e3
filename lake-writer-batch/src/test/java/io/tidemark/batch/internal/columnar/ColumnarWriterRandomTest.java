package io.tidemark.batch.internal.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random schemas, specs, properties and budgets; Iceberg's own reader and writer are the judges.
 */
class ColumnarWriterRandomTest {

  private static final List<Type> TYPES =
      List.of(
          Types.BooleanType.get(),
          Types.IntegerType.get(),
          Types.LongType.get(),
          Types.FloatType.get(),
          Types.DoubleType.get(),
          Types.DateType.get(),
          Types.TimeType.get(),
          Types.TimestampType.withZone(),
          Types.TimestampType.withoutZone(),
          Types.StringType.get(),
          Types.UUIDType.get(),
          Types.FixedType.ofLength(8),
          Types.BinaryType.get(),
          Types.DecimalType.of(9, 2),
          Types.DecimalType.of(18, 0),
          Types.DecimalType.of(38, 10));

  /** Of the files of one writer. */
  private static final int COMPARED = 5;

  static IntStream seeds() {
    return IntStream.range(0, 12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasWrittenIsReadAndMeasuredAsIcebergWould(int seed) throws IOException {
    // Given
    Random random = new Random(seed);
    Schema schema = schema(random);
    Table table = ColumnarTable.createInMemory(schema, spec(random, schema), properties(random));
    List<Record> rows = rows(random, schema);

    // When
    long memory = random.nextBoolean() ? 1 << 20 : ColumnarTable.PLENTY;
    List<DataFile> files = ColumnarTable.write(table, rows, memory, random.nextBoolean());

    // Then
    Stream<Record> read = files.stream().flatMap(file -> ColumnarTable.read(table, file).stream());
    assertThat(ColumnarTable.values(read)).isEqualTo(ColumnarTable.values(rows.stream()));
    for (DataFile file : files.subList(0, Math.min(files.size(), COMPARED))) {
      assertSameFile(table, file);
    }
  }

  /** Writes the rows of a file once more with Iceberg, and compares. */
  private void assertSameFile(Table table, DataFile file) throws IOException {
    List<Record> rows = ColumnarTable.read(table, file);
    DataFile other = writeByIceberg(table, rows);
    assertThat(file.recordCount()).isEqualTo(other.recordCount());
    assertThat(file.valueCounts()).isEqualTo(other.valueCounts());
    assertThat(file.nullValueCounts()).isEqualTo(other.nullValueCounts());
    assertThat(file.nanValueCounts()).isEqualTo(other.nanValueCounts());
    assertThat(file.lowerBounds()).isEqualTo(other.lowerBounds());
    assertThat(file.upperBounds()).isEqualTo(other.upperBounds());
    assertThat(file.columnSizes()).containsOnlyKeys(other.columnSizes().keySet());
    assertThat(file.sortOrderId()).isEqualTo(other.sortOrderId());
    assertThat(file.splitOffsets()).startsWith(other.splitOffsets().get(0));
    assertThat(file.fileSizeInBytes()).isEqualTo(table.io().newInputFile(file).getLength());
    assertThat(rows.stream().map(row -> path(table, row)))
        .containsOnly(table.spec().partitionToPath(file.partition()));
  }

  private static String path(Table table, Record row) {
    return table.spec().partitionToPath(key(table, row));
  }

  private static PartitionKey key(Table table, Record row) {
    PartitionKey key = new PartitionKey(table.spec(), table.schema());
    key.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(row));
    return key;
  }

  private static DataFile writeByIceberg(Table table, List<Record> rows) throws IOException {
    PartitionKey key = key(table, rows.get(0));
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .dataFileFormat(FileFormat.PARQUET)
            .dataSchema(table.schema())
            .build()
            .newDataWriter(
                OutputFileFactory.builderFor(table, 2, 2)
                    .format(FileFormat.PARQUET)
                    .build()
                    .newOutputFile(table.spec(), key),
                table.spec(),
                key);
    try (writer) {
      rows.forEach(writer::write);
    }
    return writer.toDataFile();
  }

  private static Schema schema(Random random) {
    List<Types.NestedField> columns = new ArrayList<>();
    columns.add(Types.NestedField.required(1, "number", Types.LongType.get()));
    for (int id = 2; id < 4 + random.nextInt(16); id++) {
      Type type = TYPES.get(random.nextInt(TYPES.size()));
      if (random.nextInt(5) == 0) {
        type =
            random.nextBoolean()
                ? Types.ListType.ofOptional(id + 100, type)
                : Types.ListType.ofRequired(id + 100, type);
      }
      columns.add(Types.NestedField.of(id, random.nextInt(4) > 0, "c" + id, type));
    }
    return new Schema(columns);
  }

  private static PartitionSpec spec(Random random, Schema schema) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    List<Types.NestedField> sources =
        schema.columns().stream().skip(1).filter(c -> c.type().isPrimitiveType()).toList();
    for (int i = random.nextInt(Math.min(sources.size() + 1, 3)); i > 0; i--) {
      addField(random, spec, sources.get(i - 1));
    }
    return spec.build();
  }

  private static void addField(
      Random random, PartitionSpec.Builder spec, Types.NestedField source) {
    String name = source.name();
    switch (source.type().typeId()) {
      case BOOLEAN, FLOAT, DOUBLE -> spec.identity(name);
      case DATE, TIMESTAMP -> addTime(random, spec, source);
      case INTEGER, LONG, DECIMAL, STRING, BINARY -> {
        if (random.nextBoolean()) {
          spec.truncate(name, 5);
        } else {
          spec.bucket(name, 3);
        }
      }
      case UUID -> spec.bucket(name, 3);
      default -> spec.alwaysNull(name);
    }
  }

  private static void addTime(Random random, PartitionSpec.Builder spec, Types.NestedField source) {
    String name = source.name();
    switch (random.nextInt(source.type().typeId() == Type.TypeID.DATE ? 4 : 5)) {
      case 0 -> spec.year(name);
      case 1 -> spec.month(name);
      case 2 -> spec.day(name);
      case 3 -> spec.bucket(name, 3);
      default -> spec.hour(name);
    }
  }

  private static Map<String, String> properties(Random random) {
    Map<String, String> properties = new HashMap<>();
    if (random.nextBoolean()) {
      properties.put("write.parquet.page-row-limit", "" + (1 + random.nextInt(700)));
      properties.put("write.parquet.page-size-bytes", "" + (1 << (8 + random.nextInt(10))));
      properties.put("write.parquet.row-group-size-bytes", "" + (1 << (13 + random.nextInt(8))));
      properties.put(
          "write.parquet.row-group-check-min-record-count", "" + (1 + random.nextInt(300)));
      properties.put("write.target-file-size-bytes", "" + (1 << (14 + random.nextInt(8))));
    }
    properties.put("write.parquet.page-version", random.nextInt(4) > 0 ? "v1" : "v2");
    properties.put("write.parquet.dict-size-bytes", "" + (1 << (6 + random.nextInt(15))));
    properties.put(
        "write.parquet.compression-codec",
        List.of("zstd", "zstd", "snappy", "gzip", "uncompressed").get(random.nextInt(5)));
    properties.put("parquet.enable.dictionary", "" + (random.nextInt(3) > 0));
    properties.put("write.parquet.bloom-filter-enabled.column.number", "" + random.nextBoolean());
    return properties;
  }

  private static List<Record> rows(Random random, Schema schema) {
    RandomValues values = new RandomValues(random, 1 << (1 + random.nextInt(8)));
    return IntStream.range(0, 1 + random.nextInt(3_000))
        .mapToObj(
            number -> {
              Record row = GenericRecord.create(schema);
              schema.columns().forEach(c -> row.setField(c.name(), values.next(c)));
              row.set(0, (long) number);
              return row;
            })
        .toList();
  }
}
