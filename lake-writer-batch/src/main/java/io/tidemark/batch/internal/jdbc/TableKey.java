package io.tidemark.batch.internal.jdbc;

import java.io.Serializable;
import java.util.List;

/**
 * A key without nulls that tells every row of a table from the others.
 *
 * @param index the name of its index
 * @param columns its columns in the key's order
 * @param ordered whether the database compares its values as its index orders them, so that rows
 *     can be read range by range
 */
record TableKey(String index, List<String> columns, boolean ordered) implements Serializable {

  TableKey {
    columns = List.copyOf(columns);
  }

  /** Tells whether these are its first columns, or all of them. */
  boolean beginsWith(List<String> first) {
    return first.size() <= columns.size() && columns.subList(0, first.size()).equals(first);
  }
}
