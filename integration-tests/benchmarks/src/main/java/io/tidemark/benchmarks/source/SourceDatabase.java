package io.tidemark.benchmarks.source;

import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** An embedded PostgreSQL with tables full of rows. */
public final class SourceDatabase implements AutoCloseable {
  private static final String DATABASE = "shop";
  private static final int BATCH_ROWS = 4096;

  /** Nothing but the loads shall keep it busy while they are measured. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "autovacuum", "off",
          "shared_buffers", "512MB",
          "max_wal_size", "16GB",
          "checkpoint_timeout", "1d",
          "wal_level", "minimal",
          "max_wal_senders", "0");

  private final EmbeddedPostgresServer server;
  private final long pid;

  private SourceDatabase(EmbeddedPostgresServer server, long pid) {
    this.server = server;
    this.pid = pid;
  }

  public static SourceDatabase start(Path directory) throws IOException {
    EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory, SETTINGS);
    server.createDatabase(DATABASE);
    Path pidFile = directory.resolve("data").resolve("postmaster.pid");
    return new SourceDatabase(server, Long.parseLong(Files.readAllLines(pidFile).get(0).strip()));
  }

  /** Creates a table, fills it, and returns how many bytes it has in binary COPY. */
  public long fill(SourceTable table, long rows) throws SQLException {
    String columns =
        table.columns().stream()
            .map(column -> column.name() + " " + column.sqlType())
            .collect(Collectors.joining(", "));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE %s (%s)".formatted(table.tableName(), columns));
      long bytes = copyIn(connection, table, rows);
      statement.execute(
          "CREATE UNIQUE INDEX ON %s (%s)".formatted(table.tableName(), table.primaryKey()));
      statement.execute("VACUUM (FREEZE, ANALYZE) " + table.tableName());
      statement.execute("CHECKPOINT");
      return bytes;
    }
  }

  private static long copyIn(Connection connection, SourceTable table, long rows)
      throws SQLException {
    BinaryCopy copy =
        new BinaryCopy(
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY %s FROM STDIN (FORMAT binary)".formatted(table.tableName())));
    for (int part = 0; part < SourceTable.PARTS; part++) {
      RowStream stream = table.rows(rows, part, BATCH_ROWS);
      for (ColumnBatch batch = stream.next(); batch.rows() > 0; batch = stream.next()) {
        copy.write(batch);
      }
    }
    return copy.end();
  }

  /** The bounds of a table's {@linkplain SourceTable#splitColumn() split column}, inclusively. */
  public Bounds bounds(SourceTable table) throws SQLException {
    String sql =
        "SELECT min(%1$s), max(%1$s) FROM %2$s".formatted(table.splitColumn(), table.tableName());
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return new Bounds(result.getLong(1), result.getLong(2));
    }
  }

  public String version() throws SQLException {
    try (Connection connection = connect()) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  public Connection connect() throws SQLException {
    return server.connect(DATABASE);
  }

  public String url() {
    return server.jdbcUrl(DATABASE);
  }

  /** The same for readers of rows: values come in binary, which is cheaper for both sides. */
  public String binaryUrl() {
    return url() + "?prepareThreshold=-1";
  }

  public String user() {
    return EmbeddedPostgresServer.USER;
  }

  public String password() {
    return EmbeddedPostgresServer.PASSWORD;
  }

  /** The id of the server's first process, the parent of all others. */
  public long pid() {
    return pid;
  }

  @Override
  public void close() {
    server.close();
  }

  /** The least and the greatest value of a column. */
  public record Bounds(long least, long greatest) {}
}
