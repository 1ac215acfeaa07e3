package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.source.SourceColumn;
import java.util.OptionalLong;

/**
 * A column of a relation.
 *
 * @param name the name as it is, unquoted
 * @param type its type
 * @param readable whether the session's role may read it
 */
public record PostgresColumn(String name, PostgresType type, boolean readable)
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
