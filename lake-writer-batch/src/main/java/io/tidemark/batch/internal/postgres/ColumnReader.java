package io.tidemark.batch.internal.postgres;

import io.tidemark.catalog.InvalidRequestException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.UUIDUtil;
import org.jspecify.annotations.Nullable;

/** Reads one column of a result as Flink's internal value, exactly or not at all. */
final class ColumnReader {

  private static final int MICROS_PER_MILLI = 1_000;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int MICROS_PER_SECOND = 1_000_000;

  private final Types.NestedField column;
  private final int position;

  ColumnReader(Types.NestedField column, int position) {
    this.column = column;
    this.position = position;
  }

  /** Returns the value of the current row, or null. */
  @Nullable Object read(ResultSet row) throws SQLException {
    try {
      return value(row);
    } catch (ArithmeticException e) {
      throw new InvalidRequestException(
          "Cannot take %s as the %s of column %s: it does not fit"
              .formatted(row.getString(position), column.type(), column.name()),
          e);
    }
  }

  private @Nullable Object value(ResultSet row) throws SQLException {
    return switch (column.type().typeId()) {
      case BOOLEAN -> orNull(row, row.getBoolean(position));
      case INTEGER -> integer(number(row));
      case LONG -> orNull(row, longValue(row));
      case FLOAT -> orNull(row, row.getFloat(position));
      case DOUBLE -> orNull(row, row.getDouble(position));
      case DECIMAL -> decimal(number(row));
      case STRING -> StringData.fromString(row.getString(position));
      case DATE -> date(row.getObject(position, LocalDate.class));
      case TIME -> time(row.getObject(position, LocalTime.class));
      case TIMESTAMP -> timestamp(row);
      case UUID -> uuid((UUID) row.getObject(position));
      case BINARY -> row.getBytes(position);
      case FIXED -> fixed(row.getBytes(position));
      default -> throw new IllegalStateException("Cannot read a column of type " + column.type());
    };
  }

  private static @Nullable Object orNull(ResultSet row, @Nullable Object value)
      throws SQLException {
    return row.wasNull() ? null : value;
  }

  private static @Nullable Integer integer(@Nullable BigDecimal value) {
    return value == null ? null : value.intValueExact();
  }

  /** A {@code sum} of integers comes as a numeric. */
  private @Nullable Long longValue(ResultSet row) throws SQLException {
    Object value = finite(row.getObject(position));
    if (value instanceof BigDecimal decimal) {
      return decimal.longValueExact();
    }
    return value == null ? null : ((Number) value).longValue();
  }

  private @Nullable BigDecimal number(ResultSet row) throws SQLException {
    finite(row.getObject(position));
    return row.getBigDecimal(position);
  }

  /** The driver brings a numeric as a double where it is NaN or infinite, and only there. */
  private static @Nullable Object finite(@Nullable Object numeric) {
    if (numeric instanceof Double) {
      throw new ArithmeticException("not a finite number");
    }
    return numeric;
  }

  private @Nullable DecimalData decimal(@Nullable BigDecimal value) {
    if (value == null) {
      return null;
    }
    Types.DecimalType type = (Types.DecimalType) column.type();
    BigDecimal scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
    DecimalData decimal = DecimalData.fromBigDecimal(scaled, type.precision(), type.scale());
    if (decimal == null) {
      throw new ArithmeticException("more than " + type.precision() + " digits");
    }
    return decimal;
  }

  private static @Nullable Integer date(@Nullable LocalDate value) {
    return value == null ? null : Math.toIntExact(value.toEpochDay());
  }

  /** Flink keeps a time of day in milliseconds. */
  private static @Nullable Integer time(@Nullable LocalTime value) {
    if (value == null) {
      return null;
    }
    if (value.getNano() % NANOS_PER_MILLI != 0) {
      throw new ArithmeticException("finer than a millisecond");
    }
    return (int) (value.toNanoOfDay() / NANOS_PER_MILLI);
  }

  private @Nullable TimestampData timestamp(ResultSet row) throws SQLException {
    if (((Types.TimestampType) column.type()).shouldAdjustToUTC()) {
      OffsetDateTime value = row.getObject(position, OffsetDateTime.class);
      return value == null ? null : timestamp(value.toInstant());
    }
    LocalDateTime value = row.getObject(position, LocalDateTime.class);
    return value == null ? null : timestamp(value.toInstant(ZoneOffset.UTC));
  }

  private static TimestampData timestamp(Instant value) {
    long micros =
        Math.addExact(
            Math.multiplyExact(value.getEpochSecond(), MICROS_PER_SECOND),
            value.getNano() / NANOS_PER_MICRO);
    return TimestampData.fromEpochMillis(
        Math.floorDiv(micros, MICROS_PER_MILLI),
        Math.floorMod(micros, MICROS_PER_MILLI) * NANOS_PER_MICRO);
  }

  private static byte @Nullable [] uuid(@Nullable UUID value) {
    return value == null ? null : UUIDUtil.convert(value);
  }

  private byte @Nullable [] fixed(byte @Nullable [] value) {
    Type type = column.type();
    if (value != null && value.length != ((Types.FixedType) type).length()) {
      throw new ArithmeticException(value.length + " bytes");
    }
    return value;
  }
}
