package io.tidemark.batch.internal.columnar;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/** The edges of every type that a vector holds. */
final class EdgeValues {

  private EdgeValues() {}

  /** Returns a schema with a column of every type, and a number before them. */
  static Schema everyType() {
    return new Schema(
        Types.NestedField.required(1, "number", Types.LongType.get()),
        Types.NestedField.optional(2, "flag", Types.BooleanType.get()),
        Types.NestedField.optional(3, "int", Types.IntegerType.get()),
        Types.NestedField.optional(4, "float", Types.FloatType.get()),
        Types.NestedField.optional(5, "double", Types.DoubleType.get()),
        Types.NestedField.optional(6, "date", Types.DateType.get()),
        Types.NestedField.optional(7, "time", Types.TimeType.get()),
        Types.NestedField.optional(8, "timestamp", Types.TimestampType.withoutZone()),
        Types.NestedField.optional(9, "timestamptz", Types.TimestampType.withZone()),
        Types.NestedField.optional(10, "string", Types.StringType.get()),
        Types.NestedField.optional(11, "uuid", Types.UUIDType.get()),
        Types.NestedField.optional(12, "fixed", Types.FixedType.ofLength(2)),
        Types.NestedField.optional(13, "binary", Types.BinaryType.get()),
        Types.NestedField.optional(14, "decimal9", Types.DecimalType.of(9, 2)),
        Types.NestedField.optional(15, "decimal18", Types.DecimalType.of(18, 4)),
        Types.NestedField.optional(16, "decimal38", Types.DecimalType.of(38, 10)),
        Types.NestedField.optional(
            17, "strings", Types.ListType.ofOptional(18, Types.StringType.get())));
  }

  /** Returns three rows of that schema: what is low, nulls, and what is high. */
  static List<Record> edges(Schema schema) {
    Object[] nulls = new Object[schema.columns().size()];
    nulls[0] = 0L;
    Object[] low = {
      Long.MIN_VALUE,
      false,
      Integer.MIN_VALUE,
      Float.NaN,
      Double.NEGATIVE_INFINITY,
      LocalDate.parse("0001-01-01"),
      LocalTime.MIDNIGHT,
      LocalDateTime.parse("1969-12-31T23:59:59.999999"),
      OffsetDateTime.parse("0001-01-01T00:00:00.000001Z"),
      "",
      new UUID(0, 0),
      new byte[] {0, -1},
      ByteBuffer.allocate(0),
      new BigDecimal("-9999999.99"),
      new BigDecimal("-99999999999999.9999"),
      new BigDecimal("-9999999999999999999999999999.9999999999"),
      List.of()
    };
    Object[] high = {
      Long.MAX_VALUE,
      true,
      Integer.MAX_VALUE,
      -0.0f,
      Double.NaN,
      LocalDate.parse("9999-12-31"),
      LocalTime.parse("23:59:59.999999"),
      LocalDateTime.parse("9999-12-31T23:59:59.999999"),
      OffsetDateTime.parse("1970-01-01T00:00Z"),
      "밀물 \uD83C\uDF0A \u0000 'x'; --",
      new UUID(-1, -1),
      new byte[] {127, -128},
      ByteBuffer.wrap(new byte[] {0, 1, -1}),
      new BigDecimal("9999999.99"),
      new BigDecimal("0.0001"),
      new BigDecimal("9999999999999999999999999999.9999999999"),
      Arrays.asList("a", null, "")
    };
    return Stream.of(low, nulls, high)
        .map(
            values -> {
              Record row = GenericRecord.create(schema);
              IntStream.range(0, values.length).forEach(i -> row.set(i, values[i]));
              return row;
            })
        .toList();
  }
}
