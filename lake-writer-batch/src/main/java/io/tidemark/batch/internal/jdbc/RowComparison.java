package io.tidemark.batch.internal.jdbc;

import java.util.List;

/**
 * The comparison of a key of several columns, written out: the databases find rows of {@code (a, b)
 * > (1, 2)} by no index, and those of {@code a > 1 OR (a = 1 AND b > 2)} by one.
 */
final class RowComparison {

  private RowComparison() {}

  /**
   * Returns a condition.
   *
   * @param columns quoted
   * @param operator for all columns but the last
   * @param last the operator for the last one
   * @param values an SQL literal for each
   */
  static String of(List<String> columns, String operator, String last, List<String> values) {
    return of(columns, operator, last, values, 0);
  }

  private static String of(
      List<String> columns, String operator, String last, List<String> values, int i) {
    String column = columns.get(i);
    String value = values.get(i);
    if (i == columns.size() - 1) {
      return "%s %s %s".formatted(column, last, value);
    }
    return "(%1$s %2$s %3$s OR (%1$s = %3$s AND %4$s))"
        .formatted(column, operator, value, of(columns, operator, last, values, i + 1));
  }
}
