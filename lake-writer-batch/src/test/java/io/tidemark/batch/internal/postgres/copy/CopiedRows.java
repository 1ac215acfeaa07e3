package io.tidemark.batch.internal.postgres.copy;

import io.tidemark.batch.internal.columnar.BooleanVector;
import io.tidemark.batch.internal.columnar.BytesVector;
import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.DoubleVector;
import io.tidemark.batch.internal.columnar.FloatVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.ListVector;
import io.tidemark.batch.internal.columnar.LongVector;
import io.tidemark.batch.internal.postgres.Session;
import io.tidemark.batch.internal.source.ChecksumAccumulator;
import io.tidemark.batch.internal.source.RangeChecksum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Rows that were copied into vectors, and what the vectors say by the rules of their types. */
final class CopiedRows {

  private final CopyQuery query;
  private final Schema schema;
  private final List<ColumnVector> vectors;
  private final Map<String, Long> unfit = new TreeMap<>();
  private int rows;

  CopiedRows(CopyQuery query) {
    this.query = query;
    this.schema = query.icebergSchema();
    this.vectors = schema.columns().stream().map(c -> ColumnVector.of(c.type())).toList();
  }

  void read(Session session, CopyRange range) {
    try (CopyRows copy = CopyRows.open(session, query, range)) {
      while (copy.next()) {
        for (int i = 0; i < vectors.size(); i++) {
          copy.read(i, vectors.get(i));
        }
        rows++;
      }
      copy.unfit().forEach((column, count) -> unfit.merge(column, count, Long::sum));
    }
  }

  int rows() {
    return rows;
  }

  Schema schema() {
    return schema;
  }

  RangeChecksum checksum() {
    ChecksumAccumulator accumulator = new ChecksumAccumulator(schema, new PostgresHash());
    accumulator.add(vectors);
    return accumulator.checksum();
  }

  Map<String, Long> unfit() {
    return unfit;
  }

  ColumnVector vector(String column) {
    return vectors.get(schema.columns().indexOf(schema.findField(column)));
  }

  /** Returns a column's values as text, {@code null} for nulls. */
  List<String> column(String name) {
    ColumnVector vector = vector(name);
    return IntStream.range(0, vector.size())
        .mapToObj(i -> text(vector, i, schema.findType(name)))
        .toList();
  }

  private static String text(ColumnVector vector, int i, Type type) {
    return vector.isNull(i) ? "null" : String.valueOf(value(vector, i, type));
  }

  private static Object value(ColumnVector vector, int i, Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> ((BooleanVector) vector).get(i);
      case INTEGER -> ((IntVector) vector).get(i);
      case LONG -> ((LongVector) vector).get(i);
      case FLOAT -> ((FloatVector) vector).get(i);
      case DOUBLE -> ((DoubleVector) vector).get(i);
      case DATE -> LocalDate.ofEpochDay(((IntVector) vector).get(i));
      case TIME -> LocalTime.MIDNIGHT.plus(((LongVector) vector).get(i), ChronoUnit.MICROS);
      case TIMESTAMP -> timestamp(((LongVector) vector).get(i), (Types.TimestampType) type);
      case STRING -> new String(((BytesVector) vector).get(i), StandardCharsets.UTF_8);
      case BINARY, UUID -> HexFormat.of().formatHex(((BytesVector) vector).get(i));
      case DECIMAL -> decimal(vector, i, (Types.DecimalType) type).toPlainString();
      case LIST -> list((ListVector) vector, i, type.asListType().elementType());
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static Object timestamp(long micros, Types.TimestampType type) {
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return type.shouldAdjustToUTC() ? instant : instant.atOffset(ZoneOffset.UTC).toLocalDateTime();
  }

  private static BigDecimal decimal(ColumnVector vector, int i, Types.DecimalType type) {
    BigInteger unscaled =
        type.precision() <= 9
            ? BigInteger.valueOf(((IntVector) vector).get(i))
            : type.precision() <= 18
                ? BigInteger.valueOf(((LongVector) vector).get(i))
                : new BigInteger(((BytesVector) vector).get(i));
    return new BigDecimal(unscaled, type.scale());
  }

  private static String list(ListVector vector, int i, Type element) {
    return IntStream.range(vector.start(i), vector.end(i))
        .mapToObj(e -> text(vector.elements(), e, element))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
