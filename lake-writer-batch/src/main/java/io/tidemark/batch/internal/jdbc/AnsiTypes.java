package io.tidemark.batch.internal.jdbc;

import java.util.Locale;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.DecimalType;

/**
 * Which Iceberg type a column of any database becomes, by what its driver says of it. What has no
 * counterpart is a string, in the driver's own text. The page {@code TYPES.md} of this module is
 * this table.
 */
final class AnsiTypes {

  private static final int MAX_PRECISION = 38;

  /** Binary ones. */
  private static final int DIGITS_OF_DOUBLE = 53;

  /** Oracle's. A driver that does not know how many there are, as SQLite's, may tell of more. */
  private static final int DIGITS_OF_FLOAT = 126;

  private static final DecimalType UNSIGNED_LONG = DecimalType.of(20, 0);

  private AnsiTypes() {}

  /**
   * Returns the type of a column.
   *
   * @param code a constant of {@link java.sql.Types}
   * @param name the database's name of the type
   * @param size digits, characters or bits
   * @param scale digits behind the point
   */
  static Type type(int code, String name, int size, int scale) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean unsigned = lower.contains("unsigned");
    return switch (code) {
      case java.sql.Types.BOOLEAN -> Types.BooleanType.get();
      case java.sql.Types.BIT -> size <= 1 ? Types.BooleanType.get() : Types.StringType.get();
      case java.sql.Types.TINYINT, java.sql.Types.SMALLINT -> Types.IntegerType.get();
      case java.sql.Types.INTEGER ->
          unsigned || lower.equals("bigint") ? Types.LongType.get() : Types.IntegerType.get();
      case java.sql.Types.BIGINT -> unsigned ? UNSIGNED_LONG : Types.LongType.get();
      case java.sql.Types.REAL -> Types.FloatType.get();
      case java.sql.Types.FLOAT ->
          size > DIGITS_OF_DOUBLE && size <= DIGITS_OF_FLOAT
              ? Types.StringType.get()
              : Types.DoubleType.get();
      case java.sql.Types.DOUBLE -> Types.DoubleType.get();
      case java.sql.Types.NUMERIC, java.sql.Types.DECIMAL ->
          lower.startsWith("decfloat") ? Types.StringType.get() : decimal(size, scale);
      case java.sql.Types.DATE -> Types.DateType.get();
      case java.sql.Types.TIME -> isZoned(lower) ? Types.StringType.get() : Types.TimeType.get();
      case java.sql.Types.TIMESTAMP ->
          isZoned(lower) ? Types.TimestampType.withZone() : Types.TimestampType.withoutZone();
      case java.sql.Types.TIMESTAMP_WITH_TIMEZONE -> Types.TimestampType.withZone();
      case java.sql.Types.BINARY,
          java.sql.Types.VARBINARY,
          java.sql.Types.LONGVARBINARY,
          java.sql.Types.BLOB ->
          Types.BinaryType.get();
      default -> lower.equals("blob") ? Types.BinaryType.get() : Types.StringType.get();
    };
  }

  private static Type decimal(int precision, int scale) {
    boolean fits = precision > 0 && precision <= MAX_PRECISION && scale >= 0 && scale <= precision;
    return fits ? DecimalType.of(precision, scale) : Types.StringType.get();
  }

  /** Some drivers say only by the name that a time has a zone, or that it has none. */
  private static boolean isZoned(String name) {
    return name.endsWith("tz") && !name.endsWith("ntz") || name.contains("with time zone");
  }
}
