package io.tidemark.batch.internal.postgres;

import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
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

  /** Returns what reads all of a table as it is, and fails where a value fits no type. */
  static CopyQuery query(PostgresTable table) {
    return query(
        table,
        table.columns().stream().map(column -> CopyColumn.of(column, table.isKey(column))).toList(),
        OnUnmappable.FAIL);
  }

  static CopyQuery query(PostgresTable table, List<CopyColumn> columns, OnUnmappable onUnmappable) {
    return new CopyQuery(table.schema(), table.name(), columns, "", onUnmappable);
  }

  /** Reads all ranges of a table, one after the other, each by a session of its own. */
  CopiedRows read(String name) {
    PostgresTable table = describe("public", name);
    return read(query(table), CopyRanges.of(table, 1, 1));
  }

  CopiedRows read(CopyQuery query, List<CopyRange> ranges) {
    try (Session session = open()) {
      return read(session, query, ranges);
    }
  }

  /** Reads all of a table as a user. */
  CopiedRows readAs(String user, String name) {
    try (Session session = open(user)) {
      PostgresTable table = new PostgresCatalog(session).describe("public", name);
      return read(session, query(table), CopyRanges.of(table, 1, 1));
    }
  }

  private static CopiedRows read(Session session, CopyQuery query, List<CopyRange> ranges) {
    CopiedRows copied = new CopiedRows(query);
    ranges.forEach(range -> copied.read(session, range));
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
