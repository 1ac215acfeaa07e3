package io.tidemark.batch.internal.postgres;

import java.io.Serializable;
import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * A part of the query's rows.
 *
 * @param splitId its id
 * @param snapshot the exported snapshot to read it in, or null for the reader's own
 * @param cut which rows, or null for all of them
 */
record RangeSplit(String splitId, @Nullable String snapshot, @Nullable Cut cut)
    implements SourceSplit, Serializable {

  /**
   * A range of one column's values, as texts that the database cast from it and casts back.
   *
   * @param column the column
   * @param type the database's name of its type
   * @param from the first value inside, or null for an open end
   * @param to the first value behind, or null for an open end; where both are, the column's nulls
   */
  record Cut(String column, String type, @Nullable String from, @Nullable String to)
      implements Serializable {

    boolean isNulls() {
      return from == null && to == null;
    }
  }
}
