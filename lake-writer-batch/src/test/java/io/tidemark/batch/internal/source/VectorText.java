package io.tidemark.batch.internal.source;

import io.tidemark.batch.internal.columnar.BooleanVector;
import io.tidemark.batch.internal.columnar.BytesVector;
import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.DoubleVector;
import io.tidemark.batch.internal.columnar.FloatVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.ListVector;
import io.tidemark.batch.internal.columnar.LongVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** What a vector says by the rules of its type. */
public final class VectorText {

  private VectorText() {}

  /** Returns a value as text, {@code null} for a null. */
  public static String of(ColumnVector vector, int i, Type type) {
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
        .mapToObj(e -> of(vector.elements(), e, element))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
