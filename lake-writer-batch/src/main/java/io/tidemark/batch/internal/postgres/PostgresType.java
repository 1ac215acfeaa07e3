package io.tidemark.batch.internal.postgres;

import java.io.Serializable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column, domains resolved to what they are made of.
 *
 * @param schema the schema of the type; {@code pg_catalog} for those that PostgreSQL brings
 * @param name the name in {@code pg_type}, for instance {@code int4}, {@code bpchar}
 * @param modifier the type modifier, {@code -1} for none
 * @param kind what sort of type it is
 * @param element the type of the elements of an array, null for everything else
 */
public record PostgresType(
    String schema, String name, int modifier, Kind kind, @Nullable PostgresType element)
    implements Serializable {

  private static final int HEADER = 4;

  /** Sorts of types that are read in different ways. */
  public enum Kind {
    BASE,
    ENUM,
    ARRAY,
    /** Composites, ranges and what else there may be. */
    OTHER
  }

  /** Returns a type of PostgreSQL itself without a modifier. */
  static PostgresType builtIn(String name) {
    return new PostgresType("pg_catalog", name, -1, Kind.BASE, null);
  }

  /** Returns numeric with a precision. */
  static PostgresType numeric(int precision, int scale) {
    int modifier = (precision << 16 | scale) + HEADER;
    return new PostgresType("pg_catalog", "numeric", modifier, Kind.BASE, null);
  }

  /** Returns the type whose values have their place in an Iceberg type. */
  static PostgresType of(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> builtIn("bool");
      case INTEGER -> builtIn("int4");
      case LONG -> builtIn("int8");
      case FLOAT -> builtIn("float4");
      case DOUBLE -> builtIn("float8");
      case DECIMAL -> {
        Types.DecimalType decimal = (Types.DecimalType) type;
        yield numeric(decimal.precision(), decimal.scale());
      }
      case DATE -> builtIn("date");
      case TIMESTAMP ->
          builtIn(((Types.TimestampType) type).shouldAdjustToUTC() ? "timestamptz" : "timestamp");
      case BINARY -> builtIn("bytea");
      case STRING -> builtIn("text");
      default -> throw new IllegalArgumentException("No type of PostgreSQL comes to " + type);
    };
  }

  /** Returns what a cast to a built-in type is called. */
  String sql() {
    return name.equals("numeric") && modifier >= 0
        ? "numeric(%d,%d)".formatted(precision(), scale())
        : name;
  }

  boolean isBuiltIn() {
    return schema.equals("pg_catalog");
  }

  /**
   * Tells whether what a value reads like changes with its row only. The names of tables, functions
   * and roles change without it, and so may whatever an extension makes of its own types. The
   * labels of enums do as well; {@link SnapshotMark#database()} tells of these.
   */
  public boolean isLasting() {
    if (element != null) {
      return element.isLasting();
    }
    boolean named = name.startsWith("reg") || name.equals("aclitem");
    return kind == Kind.ENUM || isBuiltIn() && !named;
  }

  /** Returns the digits of a numeric with a precision. */
  int precision() {
    return ((modifier - HEADER) >> 16) & 0xffff;
  }

  /** Returns the digits behind the point of a numeric with a precision; may be negative. */
  int scale() {
    return (((modifier - HEADER) & 0x7ff) ^ 0x400) - 0x400;
  }

  @Override
  public String toString() {
    if (element != null) {
      return element + "[]";
    }
    String type = isBuiltIn() ? name : schema + "." + name;
    if (modifier < 0) {
      return type;
    }
    return switch (name) {
      case "numeric" -> "%s(%d,%d)".formatted(type, precision(), scale());
      case "bpchar" -> "%s(%d)".formatted(type, modifier - HEADER);
      default -> type;
    };
  }
}
