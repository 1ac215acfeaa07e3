package io.tidemark.batch;

import io.tidemark.fixtures.EmbeddedMariaDbServer;
import io.tidemark.fixtures.FlakyDatabaseProxy;
import io.tidemark.fixtures.FlakyMariaDbProxy;
import io.tidemark.fixtures.Shutdown;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A database of a MariaDB server, the shared one or another, with tables to load. */
public final class MariaDbShop extends Shop {

  private final EmbeddedMariaDbServer server;
  private final String database;

  /** Creates the database anew in the shared server. */
  public MariaDbShop(String database) {
    this(EmbeddedMariaDbServer.shared(), database);
  }

  /** Creates the database anew. */
  MariaDbShop(EmbeddedMariaDbServer server, String database) {
    super("mariadb", database, EmbeddedMariaDbServer.USER, EmbeddedMariaDbServer.PASSWORD);
    this.server = server;
    this.database = database;
    clear();
  }

  public EmbeddedMariaDbServer server() {
    return server;
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
  FlakyMariaDbProxy startProxy() {
    return FlakyMariaDbProxy.start(server.port());
  }

  @Override
  String url(FlakyDatabaseProxy proxy) {
    return proxy.jdbcUrl(database);
  }

  /** What is read in place of walked along, counted or proven begins with a column of its own. */
  @Override
  boolean reads(String statement, String table) {
    return statement.contains("SELECT '', ") && statement.contains("`" + table + "`");
  }

  @Override
  void clear() {
    server.createDatabase(database);
  }

  @Override
  String quoted(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  @Override
  String numbers(int count) {
    return "(SELECT CAST(seq AS int) AS i FROM seq_1_to_%d) n".formatted(count);
  }

  @Override
  void createTable(String name, int rows, int width) {
    execute(
        """
        CREATE TABLE %1$s (id int PRIMARY KEY, payload text);
        INSERT INTO %1$s SELECT seq, repeat(md5(seq), %2$d) FROM seq_1_to_%3$d;
        ANALYZE TABLE %1$s
        """
            .formatted(name, width, rows));
  }

  @Override
  public void execute(String sql) {
    server.execute(database, sql);
  }

  @Override
  Connection connect() throws SQLException {
    return server.connect(database);
  }

  @Override
  String url() {
    return server.jdbcUrl(database);
  }

  /** Writes a manifest in which the source has another type, or another user of the password. */
  public Path manifest(Path target, String type, String user, int connections, String... tables) {
    return manifest(target, type, url(), user, connections, tables);
  }
}
