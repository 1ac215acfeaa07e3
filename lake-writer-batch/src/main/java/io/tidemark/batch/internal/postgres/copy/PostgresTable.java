package io.tidemark.batch.internal.postgres.copy;

import static io.tidemark.batch.internal.postgres.copy.Identifiers.quoted;

import java.io.Serializable;
import java.util.List;

/**
 * What the database's catalogs say of a table or view.
 *
 * @param schema its schema
 * @param name its name
 * @param kind what it is
 * @param columns its columns in their order, dropped ones left out
 * @param primaryKey the columns of its primary key in the key's order, empty if there is none
 * @param estimatedRows how many rows the database thinks it has, all leaves together; -1 where it
 *     does not know
 * @param leaves the relations that hold its rows, none twice
 */
public record PostgresTable(
    String schema,
    String name,
    Kind kind,
    List<PostgresColumn> columns,
    List<String> primaryKey,
    long estimatedRows,
    List<Leaf> leaves)
    implements Serializable {

  /** What rows can be selected from. */
  public enum Kind {
    ORDINARY,
    PARTITIONED,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN
  }

  public PostgresTable {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    leaves = List.copyOf(leaves);
  }

  /** Returns what the leaves take in the database, in bytes; 0 for views and foreign tables. */
  public long bytes() {
    return leaves.stream().mapToLong(Leaf::bytes).sum();
  }

  /**
   * Says whether the primary key tells every row of this table from the others. It does not where
   * other tables inherit from it, for these have rows and keys of their own.
   */
  public boolean isKeyUnique() {
    return !primaryKey.isEmpty() && (kind == Kind.PARTITIONED || leaves.size() == 1);
  }

  @Override
  public String toString() {
    return quoted(schema, name);
  }
}
