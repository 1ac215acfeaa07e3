package io.tidemark.batch.internal.postgres.copy;

import io.tidemark.batch.internal.source.SourceColumn;
import java.util.OptionalLong;

/**
 * A column of a relation.
 *
 * @param name the name as it is, unquoted
 * @param type its type
 * @param notNull whether the database lets no null in
 * @param generated whether the database computes it from other columns
 * @param readable whether the session's role may read it
 */
public record PostgresColumn(
    String name, PostgresType type, boolean notNull, boolean generated, boolean readable)
    implements SourceColumn {

  @Override
  public OptionalLong greatest() {
    if (!type.isBuiltIn()) {
      return OptionalLong.empty();
    }
    return switch (type.name()) {
      case "int2" -> OptionalLong.of(Short.MAX_VALUE);
      case "oid" -> OptionalLong.of(0xffffffffL);
      default -> OptionalLong.empty();
    };
  }
}
