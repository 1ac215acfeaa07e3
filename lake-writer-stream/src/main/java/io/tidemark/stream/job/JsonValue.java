package io.tidemark.stream.job;

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
      case FLOAT -> node -> decimal(node).floatValue();
      case DOUBLE -> node -> decimal(node).doubleValue();
      case DECIMAL -> node -> scaled(decimal(node), (DecimalType) type);
      case VARCHAR, CHAR -> node -> StringData.fromString(text(node));
      case DATE -> node -> (int) LocalDate.parse(text(node)).toEpochDay();
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          node ->
              TimestampData.fromLocalDateTime(LocalDateTime.parse(text(node).replace(' ', 'T')));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> node -> TimestampData.fromInstant(instant(node));
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
    return node.isNumber() ? node.decimalValue() : new BigDecimal(text(node).trim());
  }

  private static DecimalData scaled(BigDecimal value, DecimalType type) {
    BigDecimal exact = value.setScale(type.getScale(), RoundingMode.UNNECESSARY);
    DecimalData fitting = DecimalData.fromBigDecimal(exact, type.getPrecision(), type.getScale());
    if (fitting == null) {
      throw new IllegalArgumentException();
    }
    return fitting;
  }

  private static Instant instant(JsonNode node) {
    return node.isIntegralNumber()
        ? Instant.ofEpochMilli(node.bigIntegerValue().longValueExact())
        : OffsetDateTime.parse(text(node).replace(' ', 'T')).toInstant();
  }
}
