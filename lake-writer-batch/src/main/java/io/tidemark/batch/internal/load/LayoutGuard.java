package io.tidemark.batch.internal.load;

import io.tidemark.catalog.commit.RefusedException;
import java.io.Serializable;
import java.util.UUID;
import org.apache.iceberg.Table;

/**
 * The plain table that a load was planned for. What is read comes in the order that its columns had
 * then, and files name columns by the ids they had then: in another order, or in another table of
 * the same name, values would stand in columns that they are not of.
 *
 * @param table the table's id
 * @param schema the id of its columns' schema
 */
record LayoutGuard(UUID table, int schema) implements Serializable {

  static LayoutGuard of(Table table) {
    return new LayoutGuard(table.uuid(), table.schema().schemaId());
  }

  /**
   * Checks that a table is the one, before files of it are committed.
   *
   * @throws RefusedException if it was dropped and created again
   */
  void checkTable(Table now) {
    if (!now.uuid().equals(table)) {
      throw changed("it was dropped and created again", now.name());
    }
  }

  /**
   * Checks that a table is the one and has the same columns, before files for it are written.
   *
   * @throws RefusedException if somebody changed it
   */
  void checkColumns(Table now) {
    checkTable(now);
    if (now.schema().schemaId() != schema) {
      throw changed("its columns changed", now.name());
    }
  }

  /** Returns the refusal of a load whose table is there no more. */
  static RefusedException gone(String name) {
    return changed("it was dropped", name);
  }

  private static RefusedException changed(String how, String name) {
    return new RefusedException(
        "Cannot load %s: %s since the load was planned. Start it again. Nothing was committed."
            .formatted(name, how));
  }
}
