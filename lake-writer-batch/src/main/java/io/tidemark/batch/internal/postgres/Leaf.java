package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.Identifiers.quoted;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One relation to read rows of: the table itself, a partition, or a table that inherits from it.
 *
 * @param schema its schema
 * @param name its name
 * @param alone whether rows of tables that inherit from it are left to their own leaves
 * @param pages how many pages it had when it was described; 0 where it has none to cut it by
 * @param bytes what it takes in the database, values stored out of line included
 * @param identity tells it, with its file and columns, from any other relation of the database and
 *     from itself before it was truncated, rewritten or altered; null where rows have no versions:
 *     in views and foreign tables, and in a partitioned table that is read as one
 */
public record Leaf(
    String schema, String name, boolean alone, long pages, long bytes, @Nullable String identity)
    implements Serializable {

  /** Returns what to select from. */
  String from() {
    return (alone ? "ONLY " : "") + quoted(schema, name);
  }
}
