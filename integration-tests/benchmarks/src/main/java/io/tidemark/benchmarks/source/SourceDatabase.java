package io.tidemark.benchmarks.source;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An embedded database with tables full of rows. */
public abstract class SourceDatabase implements AutoCloseable {
  static final String NAME = "shop";
  static final int BATCH_ROWS = 4096;

  private final Runnable stop;
  private final long pid;
  private final String url;
  private final String user;
  private final String password;

  /**
   * Takes a server that was started.
   *
   * @param stop stops it
   * @param pid the id of its first process
   */
  SourceDatabase(Runnable stop, long pid, String url, String user, String password) {
    this.stop = stop;
    this.pid = pid;
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** The type of the source in a manifest. */
  public abstract String type();

  /** The schema of its tables. */
  public abstract String schema();

  /** Creates a table, fills it, and returns how many bytes it took to send. */
  public abstract long fill(SourceTable table, long rows) throws Exception;

  /** The expression of a column's values as exact numbers: a text's is how many bytes it has. */
  public abstract String number(Column column);

  /** The class of the driver. */
  public abstract String driver();

  /** The URL with which Flink's JDBC connector reads rows best. */
  public String flinkUrl() {
    return url;
  }

  /** The URL with which Spark's JDBC source reads rows best. */
  public String sparkUrl() {
    return flinkUrl();
  }

  /** Its name and version. */
  public final String version() throws SQLException {
    try (Connection connection = connect()) {
      DatabaseMetaData server = connection.getMetaData();
      return server.getDatabaseProductName() + " " + server.getDatabaseProductVersion();
    }
  }

  /** Drops a table that was filled. */
  public final void drop(SourceTable table) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE " + table.tableName());
    }
  }

  /** The bounds of a table's {@linkplain SourceTable#splitColumn() split column}, inclusively. */
  public final Bounds bounds(SourceTable table) throws SQLException {
    String sql =
        "SELECT min(%1$s), max(%1$s) FROM %2$s".formatted(table.splitColumn(), table.tableName());
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return new Bounds(result.getLong(1), result.getLong(2));
    }
  }

  public final Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  public final String url() {
    return url;
  }

  public final String user() {
    return user;
  }

  public final String password() {
    return password;
  }

  /** The id of the server's first process, the parent of all others. */
  public final long pid() {
    return pid;
  }

  @Override
  public final void close() {
    stop.run();
  }

  /** The least and the greatest value of a column. */
  public record Bounds(long least, long greatest) {}
}
