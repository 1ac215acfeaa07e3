package io.tidemark.stream.job;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Reads a JSON value of one declared type, exactly: nothing is rounded, cut or guessed.
 *
 * <p>Numbers may be given as text. A {@code timestamptz} is text with an offset, or a number of
 * milliseconds from the epoch; a {@code timestamp} is text without an offset; binary is Base64.
 */
@FunctionalInterface
interface JsonValue {

  /** Returns the value in Flink's internal form; any exception says that it is not of the type. */
  Object read(JsonNode node);

  /** Returns the reader of a type. */
  static JsonValue of(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> JsonValue::bool;
      case INTEGER -> node -> decimal(node).intValueExact();
      case BIGINT -> node -> decimal(node).longValueExact();
      case FLOAT -> node -> finite(decimal(node).floatValue());
      case DOUBLE -> node -> finite(decimal(node).doubleValue());
      case DECIMAL -> node -> scaled(decimal(node), (DecimalType) type);
      case VARCHAR, CHAR -> node -> StringData.fromString(text(node));
      case DATE -> node -> (int) LocalDate.parse(text(node)).toEpochDay();
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          node ->
              micros(
                  TimestampData.fromLocalDateTime(
                      LocalDateTime.parse(text(node).replace(' ', 'T'))));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          node -> micros(TimestampData.fromInstant(instant(node)));
      case VARBINARY, BINARY -> node -> Base64.getDecoder().decode(text(node));
      default -> throw new IllegalArgumentException("Cannot read " + type + " from JSON");
    };
  }

  private static boolean bool(JsonNode node) {
    if (!node.isBoolean()) {
      throw new IllegalArgumentException();
    }
    return node.booleanValue();
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException();
    }
    return node.textValue();
  }

  private static BigDecimal decimal(JsonNode node) {
    return node.isNumber() ? node.decimalValue() : number(text(node).trim());
  }

  private static BigDecimal number(String text) {
    if (text.length() > StreamReadConstraints.DEFAULT_MAX_NUM_LEN) {
      throw new IllegalArgumentException();
    }
    return new BigDecimal(text);
  }

  private static Float finite(float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static Double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  /** The digits are counted first: to write out those of {@code 1e500000000} takes for ever. */
  private static DecimalData scaled(BigDecimal value, DecimalType type) {
    boolean zero = value.signum() == 0;
    BigDecimal digits = zero ? BigDecimal.ZERO : value.stripTrailingZeros();
    long whole = zero ? 0 : (long) digits.precision() - digits.scale();
    if (whole > type.getPrecision() - type.getScale() || digits.scale() > type.getScale()) {
      throw new IllegalArgumentException();
    }
    return DecimalData.fromBigDecimal(
        digits.setScale(type.getScale(), RoundingMode.UNNECESSARY),
        type.getPrecision(),
        type.getScale());
  }

  private static TimestampData micros(TimestampData time) {
    if (time.getNanoOfMillisecond() % 1_000 != 0) {
      throw new IllegalArgumentException();
    }
    return time;
  }

  private static Instant instant(JsonNode node) {
    return node.isIntegralNumber()
        ? Instant.ofEpochMilli(node.bigIntegerValue().longValueExact())
        : OffsetDateTime.parse(text(node).replace(' ', 'T')).toInstant();
  }
}
