package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.SelectedColumn;
import io.tidemark.catalog.manifest.Mask;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * One column to read.
 *
 * @param dialect the database
 * @param name what it is called in Iceberg and in messages
 * @param expression the SQL expression that yields it
 * @param type what its values become
 * @param typeName the type in the database, for people
 * @param required whether it is never null
 * @param mask how the values, which are texts then, are made unreadable, or null
 * @param hex whether the values come as bytes, and the texts are their hexadecimal digits
 */
record JdbcSelection(
    Dialect dialect,
    String name,
    String expression,
    Type type,
    String typeName,
    boolean required,
    @Nullable Mask mask,
    boolean hex)
    implements SelectedColumn {

  private static final Set<TypeID> EXACT = Set.of(TypeID.INTEGER, TypeID.LONG, TypeID.DECIMAL);

  @Override
  public JdbcSelection named(String other) {
    return new JdbcSelection(dialect, other, expression, type, typeName, required, mask, hex);
  }

  @Override
  public JdbcSelection maskedBy(Mask by) {
    return new JdbcSelection(dialect, name, expression, type, typeName, required, by, hex);
  }

  /** The column itself is not looked at: it may be one that nobody may read. */
  @Override
  public JdbcSelection asNull() {
    return new JdbcSelection(dialect, name, "NULL", type, typeName, false, mask, false);
  }

  @Override
  public Optional<SelectedColumn> as(Type asked) {
    if (type.equals(asked)) {
      return Optional.of(this);
    }
    if (asked.typeId() == TypeID.STRING) {
      return Optional.of(asText());
    }
    return mask == null && isReadableAs(asked)
        ? Optional.of(read(expression, asked, false))
        : Optional.empty();
  }

  /**
   * What does not fit then is found when it is decoded. Dates and times without a zone are in that
   * of the session, which is UTC.
   */
  private boolean isReadableAs(Type asked) {
    return switch (asked.typeId()) {
      case BOOLEAN -> type.typeId() == TypeID.INTEGER && dialect.bringsTexts();
      case LONG -> type.typeId() == TypeID.INTEGER;
      case DOUBLE -> type.typeId() == TypeID.FLOAT;
      case TIMESTAMP -> type.typeId() == TypeID.TIMESTAMP && dialect.bringsTexts();
      case DECIMAL -> EXACT.contains(type.typeId()) || isDecimal();
      default -> false;
    };
  }

  /** One of more digits than Iceberg has, or of an unknown number of them, is a text otherwise. */
  private boolean isDecimal() {
    String lower = typeName.toLowerCase(Locale.ROOT);
    return lower.startsWith("dec") || lower.startsWith("num");
  }

  /** A driver knows the text of a UUID, though it may call it bytes. */
  private JdbcSelection asText() {
    boolean bytes = type.typeId() == TypeID.BINARY && !typeName.equalsIgnoreCase("uuid");
    return read(
        dialect.text(expression, type), Types.StringType.get(), bytes && !dialect.bringsTexts());
  }

  private JdbcSelection read(String sql, Type as, boolean inHex) {
    return new JdbcSelection(dialect, name, sql, as, typeName, required, mask, inHex);
  }
}
