package io.tidemark.benchmarks.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An embedded database with tables full of rows. */
public interface SourceDatabase extends AutoCloseable {

  /** The type of the source in a manifest. */
  String type();

  /** The schema of its tables. */
  String schema();

  /** Its name and version. */
  String version() throws SQLException;

  /** Creates a table, fills it, and returns how many bytes it took to send. */
  long fill(SourceTable table, long rows) throws Exception;

  /** Drops a table that was filled. */
  default void drop(SourceTable table) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE " + table.tableName());
    }
  }

  /** The bounds of a table's {@linkplain SourceTable#splitColumn() split column}, inclusively. */
  default Bounds bounds(SourceTable table) throws SQLException {
    String sql =
        "SELECT min(%1$s), max(%1$s) FROM %2$s".formatted(table.splitColumn(), table.tableName());
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return new Bounds(result.getLong(1), result.getLong(2));
    }
  }

  /** The expression of a column's values as exact numbers: a text's is how many bytes it has. */
  String number(Column column);

  Connection connect() throws SQLException;

  String url();

  /** The URL with which Flink's JDBC connector reads rows best. */
  String flinkUrl();

  /** The URL with which Spark's JDBC source reads rows best. */
  String sparkUrl();

  /** The class of the driver. */
  String driver();

  String user();

  String password();

  /** The id of the server's first process, the parent of all others. */
  long pid();

  @Override
  void close();

  /** The least and the greatest value of a column. */
  record Bounds(long least, long greatest) {}
}
