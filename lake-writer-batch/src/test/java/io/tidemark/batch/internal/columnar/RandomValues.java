package io.tidemark.batch.internal.columnar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.DateTimeUtil;
import org.jspecify.annotations.Nullable;

/** Values of any type that a vector holds, edges more often than chance has it. */
final class RandomValues {

  private static final long YEAR_MICROS = 365L * 24 * 3600 * 1_000_000;

  private final Random random;
  private final int distinct;

  /** Creates a source of about so many distinct values a type. */
  RandomValues(Random random, int distinct) {
    this.random = random;
    this.distinct = distinct;
  }

  @Nullable Object next(Types.NestedField field) {
    return field.isOptional() && random.nextInt(5) == 0 ? null : value(field.type());
  }

  private Object value(Type type) {
    long number = random.nextInt(distinct) - distinct / 2;
    return switch (type.typeId()) {
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> edge(number, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
      case LONG -> edge(number, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> (float) floating(number);
      case DOUBLE -> floating(number);
      case DECIMAL -> decimal((Types.DecimalType) type, number);
      case DATE -> LocalDate.ofEpochDay(number);
      case TIME -> LocalTime.ofNanoOfDay((number + distinct) * 1_000_000);
      case TIMESTAMP -> timestamp((Types.TimestampType) type, number);
      case STRING -> number % 7 == 0 ? "" : "물때-" + number;
      case UUID -> new UUID(number, ~number);
      case FIXED -> ByteBuffer.allocate(Long.BYTES).putLong(number).array();
      case BINARY -> ByteBuffer.wrap(BigInteger.valueOf(number).toByteArray());
      case LIST -> list(type.asListType());
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private Long edge(long number, long least, long greatest) {
    return switch (random.nextInt(50)) {
      case 0 -> least;
      case 1 -> greatest;
      default -> number;
    };
  }

  private double floating(long number) {
    return switch (random.nextInt(20)) {
      case 0 -> Float.NaN;
      case 1 -> Float.NEGATIVE_INFINITY;
      case 2 -> -0.0f;
      default -> number / 4.0;
    };
  }

  private BigDecimal decimal(Types.DecimalType type, long number) {
    BigInteger greatest = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
    return switch (random.nextInt(20)) {
      case 0 -> new BigDecimal(greatest, type.scale());
      case 1 -> new BigDecimal(greatest.negate(), type.scale());
      default -> new BigDecimal(BigInteger.valueOf(number), type.scale());
    };
  }

  private Object timestamp(Types.TimestampType type, long number) {
    long micros = number * YEAR_MICROS / 100 + random.nextInt(distinct);
    return type.shouldAdjustToUTC()
        ? DateTimeUtil.timestamptzFromMicros(micros)
        : DateTimeUtil.timestampFromMicros(micros);
  }

  private List<@Nullable Object> list(Types.ListType type) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(next(type.fields().get(0)));
    }
    return list;
  }
}
