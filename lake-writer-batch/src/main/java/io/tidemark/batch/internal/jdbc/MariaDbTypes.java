package io.tidemark.batch.internal.jdbc;

import java.util.Locale;
import java.util.Set;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * Which Iceberg type a column of MariaDB or MySQL becomes, and by which expression it is read.
 * Every type becomes one. The page {@code TYPES.md} of this module is this table.
 */
final class MariaDbTypes {

  private static final int MAX_PRECISION = 38;

  /** Character sets whose bytes are those of UTF-8. */
  private static final Set<String> UTF8 = Set.of("utf8mb4", "utf8mb3", "utf8", "ascii");

  private MariaDbTypes() {}

  /**
   * Describes a column.
   *
   * @param name its name
   * @param quoted its name, quoted
   * @param dataType the name of the type alone, {@code bigint}
   * @param columnType the type in full, {@code bigint(20) unsigned}
   * @param precision digits or bits of a number
   * @param scale digits behind the point
   * @param charset of a text, or null
   */
  static JdbcColumn column(
      String name,
      String quoted,
      String dataType,
      String columnType,
      int precision,
      int scale,
      @Nullable String charset,
      boolean readable) {
    String full = columnType.toLowerCase(Locale.ROOT);
    Type type = type(dataType, full.contains("unsigned"), precision, scale);
    String expression =
        charset == null || UTF8.contains(charset)
            ? expression(quoted, dataType, precision)
            : "CONVERT(%s USING utf8mb4)".formatted(quoted);
    return new JdbcColumn(name, expression, type, full, readable);
  }

  private static Type type(String dataType, boolean unsigned, int precision, int scale) {
    return switch (dataType) {
      case "tinyint", "smallint", "mediumint", "year" -> Types.IntegerType.get();
      case "int", "integer" -> unsigned ? Types.LongType.get() : Types.IntegerType.get();
      case "bigint" -> unsigned ? DecimalType.of(20, 0) : Types.LongType.get();
      case "decimal", "numeric" ->
          precision <= MAX_PRECISION ? DecimalType.of(precision, scale) : Types.StringType.get();
      case "float" -> Types.FloatType.get();
      case "double" -> Types.DoubleType.get();
      case "bit" -> precision == 1 ? Types.BooleanType.get() : Types.StringType.get();
      case "date" -> Types.DateType.get();
      case "time" -> Types.TimeType.get();
      case "datetime" -> Types.TimestampType.withoutZone();
      case "timestamp" -> Types.TimestampType.withZone();
      case "uuid" -> Types.UUIDType.get();
      default ->
          isBinary(dataType) || isGeometry(dataType)
              ? Types.BinaryType.get()
              : Types.StringType.get();
    };
  }

  /** A float is shown with six digits, and bits as bytes, unless asked for in another way. */
  private static String expression(String quoted, String dataType, int precision) {
    return switch (dataType) {
      case "float", "double" -> "(%s * 1e0)".formatted(quoted);
      case "bit" ->
          precision == 1
              ? "(%s + 0)".formatted(quoted)
              : "LPAD(BIN(%s), %d, '0')".formatted(quoted, precision);
      case "inet4", "inet6" -> "CAST(%s AS CHAR)".formatted(quoted);
      default -> isGeometry(dataType) ? "ST_AsBinary(%s)".formatted(quoted) : quoted;
    };
  }

  private static boolean isBinary(String dataType) {
    return dataType.endsWith("blob") || dataType.endsWith("binary") || dataType.equals("vector");
  }

  private static boolean isGeometry(String dataType) {
    return switch (dataType) {
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection" ->
          true;
      default -> false;
    };
  }
}
