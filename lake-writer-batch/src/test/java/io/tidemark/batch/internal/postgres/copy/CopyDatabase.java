package io.tidemark.batch.internal.postgres.copy;

import io.tidemark.batch.internal.postgres.Session;
import io.tidemark.catalog.manifest.Source;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A database whose tables are read by copies. */
final class CopyDatabase implements AutoCloseable {

  private static final String DATABASE = "shop";

  private final EmbeddedPostgresServer server;
  private final Path password;

  private CopyDatabase(EmbeddedPostgresServer server, Path password) {
    this.server = server;
    this.password = password;
  }

  static CopyDatabase start(Path directory) {
    EmbeddedPostgresServer server =
        EmbeddedPostgresServer.start(
            directory.resolve("pg"), Map.of("fsync", "off", "autovacuum", "off"));
    server.createDatabase(DATABASE);
    try {
      Path password = Files.writeString(directory.resolve("word"), EmbeddedPostgresServer.PASSWORD);
      return new CopyDatabase(server, password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void execute(String sql) {
    server.execute(DATABASE, sql);
  }

  /** Creates a role with the same password and nothing to read. */
  void createRole(String name) {
    server.createRole(name, EmbeddedPostgresServer.PASSWORD);
  }

  Session open() {
    return open(EmbeddedPostgresServer.USER);
  }

  Session open(String user) {
    return Session.openForLoad(source(user));
  }

  /** Connects to read what queries bring. */
  PostgresSession openForQueries() {
    return PostgresSession.open(source(EmbeddedPostgresServer.USER), ZoneOffset.UTC);
  }

  private Source.Postgres source(String user) {
    return new Source.Postgres(
        "shop", server.jdbcUrl(DATABASE), user, "${file:" + password + "}", 4);
  }

  PostgresTable describe(String schema, String name) {
    try (Session session = open()) {
      return new PostgresCatalog(session).describe(schema, name);
    }
  }

  /** Reads all ranges of a table, one after the other, each by a session of its own. */
  CopiedRows read(String name, ValuePolicy policy) {
    PostgresTable table = describe("public", name);
    return read(CopyQuery.of(table, policy), CopyRanges.of(table, 1, 1));
  }

  CopiedRows read(CopyQuery query, List<CopyRange> ranges) {
    CopiedRows copied = new CopiedRows(query);
    try (Session session = open()) {
      ranges.forEach(range -> copied.read(session, range));
    }
    return copied;
  }

  Connection connect() throws SQLException {
    return server.connect(DATABASE);
  }

  /** Asks the database itself, by the driver's own ways. */
  <T> List<T> query(String sql, Function<ResultSet, T> row) {
    List<T> rows = new ArrayList<>();
    try (Connection connection = server.connect(DATABASE);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(row.apply(result));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> strings(String sql) {
    return query(
        sql,
        result -> {
          try {
            return result.getString(1);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Override
  public void close() {
    server.close();
  }
}
