package io.tidemark.batch.internal.postgres.copy;

import static io.tidemark.batch.internal.postgres.copy.Identifiers.quoted;

import java.io.Serializable;

/**
 * One column to read.
 *
 * @param name what it is called in Iceberg and in messages
 * @param expression the SQL expression that yields it, of a row of the table
 * @param type what the expression yields
 * @param required whether it is never null
 */
public record CopyColumn(String name, String expression, PostgresType type, boolean required)
    implements Serializable {

  /** Returns a column as it is in the table. */
  static CopyColumn of(PostgresColumn column, boolean required) {
    return new CopyColumn(column.name(), quoted(column.name()), column.type(), required);
  }
}
