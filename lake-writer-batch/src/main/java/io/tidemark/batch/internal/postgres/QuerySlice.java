package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.source.SourceRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of the rows that a query brings.
 *
 * @param sql the query
 * @param conditions the conditions that they meet
 */
record QuerySlice(String sql, List<String> conditions) implements SourceRange, Copied {

  QuerySlice {
    conditions = List.copyOf(conditions);
  }

  static List<SourceRange> whole(String sql) {
    return List.of(new QuerySlice(sql, List.of()));
  }

  /**
   * Returns a slice below the first edge, one between any two, one from the last edge on, and one
   * for the nulls, so that together they hold every row once, whatever values there are.
   *
   * @param by the column, quoted
   * @param edges literals, ascending and distinct, as the database orders them
   */
  static List<SourceRange> cut(String sql, String by, List<String> edges) {
    if (edges.isEmpty()) {
      return whole(sql);
    }
    List<SourceRange> slices = new ArrayList<>();
    for (int i = 0; i <= edges.size(); i++) {
      List<String> conditions = new ArrayList<>();
      if (i > 0) {
        conditions.add(by + " >= " + edges.get(i - 1));
      }
      if (i < edges.size()) {
        conditions.add(by + " < " + edges.get(i));
      }
      slices.add(new QuerySlice(sql, conditions));
    }
    slices.add(new QuerySlice(sql, List.of(by + " IS NULL")));
    return slices;
  }

  @Override
  public String from() {
    return "(\n" + sql + "\n)";
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public String text() {
    return sql + " " + conditions;
  }

  @Override
  public boolean overlaps(SourceRange other) {
    return equals(other);
  }
}
