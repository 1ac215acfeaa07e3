package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.Identifiers.quoted;

import io.tidemark.batch.internal.postgres.PostgresTable.Kind;
import io.tidemark.catalog.InvalidRequestException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Describes what queries bring, of which no row is read. */
final class QueryCatalog {

  private static final String NAME = "query";
  private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");

  private final Session session;
  private final TypeCatalog types;

  QueryCatalog(Session session) {
    this.session = session;
    this.types = new TypeCatalog(session);
  }

  PostgresTable describe(String sql) {
    try (Statement statement = session.statement()) {
      String from = "(\n" + sql + "\n) AS " + quoted(NAME);
      List<PostgresColumn> columns = columns(statement, from, names(statement, from));
      return new PostgresTable(
          "", NAME, Kind.QUERY, columns, List.of(), rows(statement, from), List.of());
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private static List<String> names(Statement statement, String from) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet none = statement.executeQuery("SELECT * FROM " + from + " LIMIT 0")) {
      ResultSetMetaData columns = none.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        if (names.contains(columns.getColumnLabel(i))) {
          throw new InvalidRequestException(
              "Cannot read the query: it names column %s twice"
                  .formatted(columns.getColumnLabel(i)));
        }
        names.add(columns.getColumnLabel(i));
      }
    }
    return names;
  }

  /** A type is told of a value, if only of a null. */
  private List<PostgresColumn> columns(Statement statement, String from, List<String> names)
      throws SQLException {
    List<PostgresColumn> columns = new ArrayList<>();
    if (names.isEmpty()) {
      return columns;
    }
    String oids =
        names.stream()
            .map(name -> "CAST(pg_typeof(t." + quoted(name) + ") AS oid)")
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT %s FROM (SELECT) AS one LEFT JOIN (SELECT * FROM %s LIMIT 0) AS t ON true"
            .formatted(oids, from);
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      for (int i = 0; i < names.size(); i++) {
        PostgresType type = types.type(row.getLong(i + 1), -1);
        columns.add(new PostgresColumn(names.get(i), type, true));
      }
    }
    return columns;
  }

  private static long rows(Statement statement, String from) throws SQLException {
    try (ResultSet plan = statement.executeQuery("EXPLAIN (FORMAT JSON) SELECT * FROM " + from)) {
      plan.next();
      Matcher rows = PLAN_ROWS.matcher(plan.getString(1));
      return rows.find() ? Long.parseLong(rows.group(1)) : -1;
    }
  }
}
