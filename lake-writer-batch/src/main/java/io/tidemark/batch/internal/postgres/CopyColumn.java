package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.Identifiers.quoted;

import io.tidemark.batch.internal.source.SelectedColumn;
import io.tidemark.catalog.manifest.Mask;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * One column to read.
 *
 * @param name what it is called in Iceberg and in messages
 * @param expression the SQL expression that yields it, of a row of the table
 * @param type what the expression yields
 * @param required whether it is never null
 * @param mask how the values, which are texts then, are made unreadable, or null
 */
record CopyColumn(
    String name, String expression, PostgresType type, boolean required, @Nullable Mask mask)
    implements SelectedColumn {

  /** Returns a column as it is in the table. */
  static CopyColumn of(PostgresColumn column, boolean required) {
    return new CopyColumn(column.name(), quoted(column.name()), column.type(), required, null);
  }

  /** Returns a column that is always null, of whatever type. */
  static CopyColumn nulls(String name) {
    return new CopyColumn(name, "CAST(NULL AS text)", PostgresType.builtIn("text"), false, null);
  }

  /**
   * Returns a column that an SQL expression, which may end in a comment, yields, cast to what an
   * Iceberg type comes from.
   */
  static CopyColumn computed(String name, String expression, Type type) {
    PostgresType cast = PostgresType.of(type);
    String value = "CAST((%s\n) AS %s)".formatted(expression, cast.sql());
    return new CopyColumn(name, value, cast, false, null);
  }

  @Override
  public String typeName() {
    return type.toString();
  }

  @Override
  public CopyColumn named(String other) {
    return new CopyColumn(other, expression, type, required, mask);
  }

  /** A mask takes what comes over the wire, which of a {@code jsonb} is not its text alone. */
  @Override
  public CopyColumn maskedBy(Mask by) {
    CopyColumn text = type.isBuiltIn() && type.name().equals("jsonb") ? cast("text") : this;
    return new CopyColumn(name, text.expression, text.type, required, by);
  }

  @Override
  public CopyColumn asNull() {
    String none = "CASE WHEN FALSE THEN %s END".formatted(expression);
    return new CopyColumn(name, none, type, false, null);
  }

  @Override
  public Optional<SelectedColumn> as(Type asked) {
    if (new TypeTable(UnaryOperator.identity()).of(type).type().equals(asked)) {
      return Optional.of(this);
    }
    if (asked.typeId() == TypeID.STRING) {
      return Optional.of(cast("text"));
    }
    if (!type.isBuiltIn() || type.kind() != PostgresType.Kind.BASE) {
      return Optional.empty();
    }
    return switch (asked.typeId()) {
      case INTEGER -> type.name().equals("int2") ? Optional.of(cast("int4")) : Optional.empty();
      case LONG -> isInteger() ? Optional.of(cast("int8")) : Optional.empty();
      case DOUBLE -> type.name().equals("float4") ? Optional.of(cast("float8")) : Optional.empty();
      case DECIMAL ->
          isInteger() || Set.of("numeric", "money").contains(type.name())
              ? Optional.of(decimal((Types.DecimalType) asked))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Returns this column without the blanks that fill a {@code char(n)} up. */
  CopyColumn unpadded() {
    return type.isBuiltIn() && type.name().equals("bpchar") ? cast("text") : this;
  }

  private boolean isInteger() {
    return Set.of("int2", "int4", "int8").contains(type.name());
  }

  private CopyColumn cast(String to) {
    return new CopyColumn(
        name, "CAST(%s AS %s)".formatted(expression, to), PostgresType.builtIn(to), required, mask);
  }

  /** The value comes as it is: a cast to fewer digits would round it. */
  private CopyColumn decimal(Types.DecimalType asked) {
    return new CopyColumn(
        name,
        cast("numeric").expression(),
        PostgresType.numeric(asked.precision(), asked.scale()),
        required,
        mask);
  }
}
