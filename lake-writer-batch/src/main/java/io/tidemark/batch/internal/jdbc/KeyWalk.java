package io.tidemark.batch.internal.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Finds the edges of a table's ranges by walking along the index of its key, in the order that the
 * database has for it, whatever its types and collations. Nothing but the edges is sent, and the
 * walk is spared where the key is {@link DenseKey dense}.
 */
final class KeyWalk {

  private final JdbcConnection connection;
  private final JdbcTable table;
  private final TableKey key;
  private final List<EdgeColumn> columns;

  /**
   * @param table has a key
   * @param form how the values of a column of the key are had as literals
   */
  KeyWalk(
      JdbcConnection connection, JdbcTable table, BiFunction<JdbcTable, String, EdgeColumn> form) {
    this.connection = connection;
    this.table = table;
    this.key = Objects.requireNonNull(table.key());
    this.columns = key.columns().stream().map(name -> form.apply(table, name)).toList();
  }

  /** Returns the edges, in ascending order; more or fewer where the database's estimate is off. */
  List<List<String>> edges(int parts) throws SQLException {
    Optional<List<List<String>>> spared = new DenseKey(connection, table, key).edges(parts);
    return spared.isPresent() ? spared.get() : walk(parts);
  }

  private List<List<String>> walk(int parts) throws SQLException {
    long step = Math.max(1, table.estimatedRows() / parts);
    List<List<String>> edges = new ArrayList<>();
    List<List<String>> next = find("", step);
    while (!next.isEmpty() && edges.size() < 2 * parts) {
      edges.addAll(next);
      String behind = RowComparison.of(names(), ">", ">", next.get(0));
      next = find(" WHERE " + behind, step - 1);
    }
    return edges;
  }

  private List<List<String>> find(String where, long offset) throws SQLException {
    String sql =
        "SELECT %s FROM %s%s%s ORDER BY %s%s"
            .formatted(
                columns.stream().map(EdgeColumn::select).collect(Collectors.joining(", ")),
                table.from(),
                table.dialect().byIndex(key.index()),
                where,
                String.join(", ", names()),
                table.dialect().nth(offset));
    return connection.rows(
        sql,
        row -> {
          List<String> edge = new ArrayList<>();
          for (int i = 0; i < columns.size(); i++) {
            edge.add(columns.get(i).literal(row, i + 1));
          }
          return edge;
        });
  }

  private List<String> names() {
    return columns.stream().map(EdgeColumn::name).toList();
  }
}
