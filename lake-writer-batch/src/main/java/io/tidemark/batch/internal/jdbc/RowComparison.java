package io.tidemark.batch.internal.jdbc;

import java.util.List;

/**
 * The comparison of a key of several columns, written out so that any database finds the rows by
 * the key's index: those of {@code (a, b) > (1, 2)} MariaDB finds by none and others do not know;
 * those of {@code a > 1 OR (a = 1 AND b > 2)} PostgreSQL finds by none, unless it is told that
 * {@code a >= 1} as well.
 */
final class RowComparison {

  private RowComparison() {}

  /**
   * Returns a condition.
   *
   * @param columns quoted
   * @param operator for all columns but the last: {@code >} or {@code <}
   * @param last the operator for the last one
   * @param values an SQL literal for each
   */
  static String of(List<String> columns, String operator, String last, List<String> values) {
    String comparison = of(columns, operator, last, values, 0);
    return columns.size() == 1
        ? comparison
        : "%s %s= %s AND %s".formatted(columns.get(0), operator, values.get(0), comparison);
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
