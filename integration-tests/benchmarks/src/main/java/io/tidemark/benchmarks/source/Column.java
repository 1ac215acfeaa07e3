package io.tidemark.benchmarks.source;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * A column, as PostgreSQL and as Iceberg know it.
 *
 * <p>It is nullable on both sides, for Spark reads every JDBC column as nullable and refuses to
 * write one into a required column. No value is null.
 *
 * @param name the same on both sides
 * @param kind what its values are
 * @param precision of a decimal, else 0
 */
public record Column(String name, Kind kind, int precision) {

  /** The digits behind the point of every decimal. */
  public static final int SCALE = 2;

  /** What a column's values are, and how a {@link ColumnBatch} holds them. */
  public enum Kind {
    INT,
    LONG,
    /** Unscaled. */
    DECIMAL,
    /** Days since 1970. */
    DATE,
    /** Microseconds since 1970, without a zone. */
    TIMESTAMP,
    /** UTF-8. */
    TEXT
  }

  static Column of(String name, Kind kind) {
    return new Column(name, kind, 0);
  }

  static Column decimal(String name, int precision) {
    return new Column(name, Kind.DECIMAL, precision);
  }

  public String sqlType() {
    return switch (kind) {
      case INT -> "integer";
      case LONG -> "bigint";
      case DECIMAL -> "numeric(%d, %d)".formatted(precision, SCALE);
      case DATE -> "date";
      case TIMESTAMP -> "timestamp";
      case TEXT -> "text";
    };
  }

  public Type icebergType() {
    return switch (kind) {
      case INT -> Types.IntegerType.get();
      case LONG -> Types.LongType.get();
      case DECIMAL -> Types.DecimalType.of(precision, SCALE);
      case DATE -> Types.DateType.get();
      case TIMESTAMP -> Types.TimestampType.withoutZone();
      case TEXT -> Types.StringType.get();
    };
  }
}
