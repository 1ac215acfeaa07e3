package io.tidemark.catalog.manifest;

import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Column types as a manifest has them: Iceberg's names. */
final class ColumnType {

  private static final List<String> NAMES =
      List.of(
          "boolean",
          "int",
          "long",
          "float",
          "double",
          "date",
          "timestamp",
          "timestamptz",
          "string",
          "binary");

  private ColumnType() {}

  static Type.PrimitiveType parse(String text) {
    if (!NAMES.contains(text) && !text.matches("decimal\\(\\s*\\d{1,2}\\s*,\\s*\\d{1,2}\\s*\\)")) {
      throw new IllegalArgumentException(
          "unknown type '%s': expected %s or decimal(p,s)%s"
              .formatted(text, String.join(", ", NAMES), Suggestion.of(text, NAMES)));
    }
    return Types.fromPrimitiveString(text);
  }

  static Types.TimestampType parseTimestamp(String text) {
    if (parse(text) instanceof Types.TimestampType timestamp) {
      return timestamp;
    }
    throw new IllegalArgumentException(
        "a period cannot be a %s: expected timestamptz or timestamp".formatted(text));
  }
}
