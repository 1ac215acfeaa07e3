package io.tidemark.benchmarks.source;

import io.tidemark.fixtures.EmbeddedMariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.stream.Collectors;

/** An embedded MariaDB. */
public final class MariaDbDatabase extends SourceDatabase {

  private MariaDbDatabase(EmbeddedMariaDbServer server, long pid) {
    super(
        server::close,
        pid,
        server.jdbcUrl(NAME),
        EmbeddedMariaDbServer.USER,
        EmbeddedMariaDbServer.PASSWORD);
  }

  /** Starts it with as much memory as the PostgreSQL has, and without a log of changes. */
  public static MariaDbDatabase start(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path pidFile = directory.resolve("mariadb.pid");
    EmbeddedMariaDbServer server =
        EmbeddedMariaDbServer.start(
            directory,
            "--innodb-buffer-pool-size=512M",
            "--innodb-log-file-size=1G",
            "--innodb-doublewrite=0",
            "--local-infile=1",
            "--skip-log-bin",
            "--pid-file=" + pidFile);
    server.createDatabase(NAME);
    return new MariaDbDatabase(server, Long.parseLong(Files.readString(pidFile).strip()));
  }

  @Override
  public String type() {
    return "mariadb";
  }

  @Override
  public String schema() {
    return NAME;
  }

  @Override
  public long fill(SourceTable table, long rows) throws Exception {
    String columns =
        table.columns().stream()
            .map(column -> column.name() + " " + sqlType(column))
            .collect(Collectors.joining(", "));
    String url = url() + "?allowLocalInfile=true";
    try (Connection connection = DriverManager.getConnection(url, user(), password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE %s (%s, PRIMARY KEY (%s))"
              .formatted(table.tableName(), columns, table.primaryKey()));
      long bytes = 0;
      for (int part = 0; part < SourceTable.PARTS; part++) {
        try (RowText text = new RowText(table.rows(rows, part, BATCH_ROWS))) {
          statement.unwrap(org.mariadb.jdbc.Statement.class).setLocalInfileInputStream(text);
          statement.execute(
              "LOAD DATA LOCAL INFILE 'rows' INTO TABLE %s CHARACTER SET utf8mb4"
                  .formatted(table.tableName()));
          bytes += text.bytes();
        }
      }
      statement.execute("ANALYZE TABLE " + table.tableName());
      return bytes;
    }
  }

  private static String sqlType(Column column) {
    return switch (column.kind()) {
      case INT -> "int";
      case TIMESTAMP -> "datetime(6)";
      case TEXT -> "varchar(64)";
      default -> column.sqlType();
    };
  }

  @Override
  public String number(Column column) {
    String name = column.name();
    return switch (column.kind()) {
      case INT, LONG -> name;
      case DECIMAL -> name + " * 100";
      case DATE -> "datediff(%s, '1970-01-01')".formatted(name);
      case TIMESTAMP -> "timestampdiff(MICROSECOND, '1970-01-01', %s)".formatted(name);
      case TEXT -> "octet_length(%s)".formatted(name);
    };
  }

  /** Spark knows how to quote names for MariaDB only where it takes it for MySQL. */
  @Override
  public String sparkUrl() {
    return url().replace("jdbc:mariadb:", "jdbc:mysql:") + "?permitMysqlScheme=true";
  }

  @Override
  public String driver() {
    return "org.mariadb.jdbc.Driver";
  }
}
