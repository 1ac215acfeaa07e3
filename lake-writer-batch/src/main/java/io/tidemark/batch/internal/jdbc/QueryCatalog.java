package io.tidemark.batch.internal.jdbc;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes what queries bring, of which no row is read.
 *
 * @param connection the connection
 * @param dialect the database
 */
record QueryCatalog(JdbcConnection connection, Dialect dialect) {

  private static final Relation NAME = new Relation("", "query");

  JdbcTable describe(String query) throws SQLException {
    String none =
        "SELECT * FROM (\n%s\n) %s WHERE 1 = 0".formatted(query, dialect.quoted(NAME.table()));
    try (JdbcStatement statement = connection.prepare(none);
        ResultSet rows = statement.executeQuery()) {
      return new JdbcTable(dialect, NAME, query, columns(rows.getMetaData()), null, -1, 0);
    }
  }

  private List<JdbcColumn> columns(ResultSetMetaData brought) throws SQLException {
    List<JdbcColumn> columns = new ArrayList<>();
    for (int i = 1; i <= brought.getColumnCount(); i++) {
      JdbcColumn column = dialect.column(brought, i);
      if (columns.stream().anyMatch(other -> other.name().equals(column.name()))) {
        throw new InvalidRequestException(
            "Cannot read the query: it names column %s twice".formatted(column.name()));
      }
      columns.add(column);
    }
    return columns;
  }
}
