package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.source.UnfitValueException;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import java.util.LinkedHashMap;
import java.util.Map;

/** What becomes of values that do not fit: the load fails, or they become null and are counted. */
final class UnfitValues {

  private final JdbcQuery query;
  private final long[] counts;

  /**
   * By column, the last row that had one: a column that a table is partitioned by is read twice.
   */
  private final long[] rows;

  private long row;

  UnfitValues(JdbcQuery query) {
    this.query = query;
    this.counts = new long[query.columns().size()];
    this.rows = new long[query.columns().size()];
  }

  /** Says that what comes is of another row. */
  void nextRow() {
    row++;
  }

  /** Takes a value that a vector could not hold. */
  void take(int column, UnfitValueException value, ColumnVector into) {
    JdbcSelection selection = query.columns().get(column);
    if (query.onUnmappable() == OnUnmappable.FAIL || selection.required()) {
      throw value.failure(selection.name(), selection.required(), query, query.isOfQuery());
    }
    if (rows[column] != row) {
      rows[column] = row;
      counts[column]++;
    }
    into.appendNull();
  }

  /** Returns how many values became null, by column, if any did. */
  Map<String, Long> counts() {
    Map<String, Long> named = new LinkedHashMap<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        named.put(query.columns().get(i).name(), counts[i]);
      }
    }
    return named;
  }
}
