package io.tidemark.benchmarks.source;

import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** An embedded PostgreSQL. */
public final class PostgresDatabase extends SourceDatabase {

  /** Nothing but the loads shall keep it busy while they are measured. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "autovacuum", "off",
          "shared_buffers", "512MB",
          "max_wal_size", "16GB",
          "checkpoint_timeout", "1d",
          "wal_level", "minimal",
          "max_wal_senders", "0");

  private PostgresDatabase(EmbeddedPostgresServer server, long pid) {
    super(
        server::close,
        pid,
        server.jdbcUrl(NAME),
        EmbeddedPostgresServer.USER,
        EmbeddedPostgresServer.PASSWORD);
  }

  public static PostgresDatabase start(Path directory) throws IOException {
    EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory, SETTINGS);
    server.createDatabase(NAME);
    Path pidFile = directory.resolve("data").resolve("postmaster.pid");
    return new PostgresDatabase(server, Long.parseLong(Files.readAllLines(pidFile).get(0).strip()));
  }

  @Override
  public String type() {
    return "postgresql";
  }

  @Override
  public String schema() {
    return "public";
  }

  @Override
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
          "ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(table.tableName(), table.primaryKey()));
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

  @Override
  public String number(Column column) {
    String name = column.name();
    return switch (column.kind()) {
      case INT, LONG -> name;
      case DECIMAL -> name + " * 100";
      case DATE -> name + " - date '1970-01-01'";
      case TIMESTAMP -> "extract(epoch FROM %s) * 1000000".formatted(name);
      case TEXT -> "octet_length(%s)".formatted(name);
    };
  }

  /** Values come in binary, which is cheaper for both sides. */
  @Override
  public String flinkUrl() {
    return url() + "?prepareThreshold=-1";
  }

  @Override
  public String driver() {
    return "org.postgresql.Driver";
  }
}
