package io.tidemark.batch;

import io.tidemark.fixtures.EmbeddedPostgresServer;
import io.tidemark.fixtures.FlakyDatabaseProxy;
import io.tidemark.fixtures.FlakyPostgresProxy;
import io.tidemark.fixtures.Shutdown;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A PostgreSQL server of its own with a database of tables to load. */
public final class ShopDatabase extends Shop implements AutoCloseable {

  private static final String DATABASE = "shop";

  private final EmbeddedPostgresServer server;

  private ShopDatabase(EmbeddedPostgresServer server) {
    super("postgresql", "public", EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
    this.server = server;
  }

  public static ShopDatabase start(Path directory) {
    EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory.resolve("pg"));
    server.createDatabase(DATABASE);
    return new ShopDatabase(server);
  }

  int port() {
    return server.port();
  }

  @Override
  public void execute(String sql) {
    server.execute(DATABASE, sql);
  }

  public void execute(String database, String sql) {
    server.execute(database, sql);
  }

  @Override
  String url() {
    return url(DATABASE);
  }

  String url(String database) {
    return server.jdbcUrl(database);
  }

  @Override
  void stop(Shutdown mode) {
    server.stop(mode);
  }

  @Override
  void startAgain() {
    server.startAgain();
  }

  @Override
  FlakyPostgresProxy startProxy() {
    return FlakyPostgresProxy.start(port());
  }

  @Override
  String url(FlakyDatabaseProxy proxy) {
    return proxy.jdbcUrl(DATABASE);
  }

  @Override
  boolean reads(String statement, String table) {
    return statement.contains("COPY (") && statement.contains("\"" + table + "\"");
  }

  @Override
  void clear() {
    execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  }

  @Override
  String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  String numbers(int count) {
    return "generate_series(1, %d) AS n(i)".formatted(count);
  }

  /** What is written down at once need not be recovered by a server that was stopped. */
  @Override
  void createTable(String name, int rows, int width) {
    execute(
        """
        CREATE TABLE %s AS SELECT i AS id, repeat(md5('' || i), %d) AS payload
        FROM generate_series(1, %d) i; CHECKPOINT
        """
            .formatted(name, width, rows));
  }

  @Override
  Connection connect() throws SQLException {
    return server.connect(DATABASE);
  }

  @Override
  public void close() {
    server.close();
  }
}
