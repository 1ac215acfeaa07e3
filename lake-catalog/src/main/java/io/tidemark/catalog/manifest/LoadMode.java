package io.tidemark.catalog.manifest;

import java.io.Serializable;
import java.util.List;

/** Which rows a load reads, and what becomes of those there are. */
public sealed interface LoadMode extends Serializable {

  /** All rows, which are all there is afterwards. */
  record Full() implements LoadMode {}

  /**
   * The rows of closed ranges, each of them once; what is there stays.
   *
   * @param cursor the column of the ranges
   */
  record Append(Cursor.Column cursor) implements LoadMode {}

  /**
   * The rows that changed; those of the same keys go.
   *
   * @param cursor tells what changed
   * @param key the plain table's columns that tell rows apart; empty for the source's primary key
   */
  record Upsert(Cursor cursor, List<String> key) implements LoadMode {

    public Upsert {
      key = List.copyOf(key);
    }
  }
}
