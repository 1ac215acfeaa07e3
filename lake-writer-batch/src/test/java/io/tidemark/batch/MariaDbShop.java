package io.tidemark.batch;

import io.tidemark.fixtures.EmbeddedMariaDbServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database of the shared MariaDB server with tables to load, and manifests that name them. */
public final class MariaDbShop {

  private final EmbeddedMariaDbServer server = EmbeddedMariaDbServer.shared();
  private final String database;

  /** Creates the database anew. */
  public MariaDbShop(String database) {
    this.database = database;
    server.createDatabase(database);
  }

  public EmbeddedMariaDbServer server() {
    return server;
  }

  /** Runs one statement, or several between semicolons. */
  public void execute(String sql) {
    server.execute(database, sql);
  }

  Connection connect() throws SQLException {
    return server.connect(database);
  }

  /** Returns the first column of a query's rows, as texts. */
  public List<String> texts(String sql) {
    List<String> texts = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        texts.add(result.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return texts;
  }

  /** Writes a manifest in which the database is a source of type mariadb that is called shop. */
  public Path manifest(Path target, int connections, String... tables) {
    return manifest(target, "mariadb", EmbeddedMariaDbServer.USER, connections, tables);
  }

  /**
   * Writes a manifest.
   *
   * @param target the directory for it, its catalog and its warehouse
   * @param type of the source
   * @param tables the entries of {@code tables:}, a line each
   */
  public Path manifest(Path target, String type, String user, int connections, String... tables) {
    String yaml =
        """
        catalog: { type: jdbc, uri: "jdbc:sqlite:%1$s/catalog.db", warehouse: "%1$s/warehouse" }
        sources:
          shop: { type: %2$s, url: "%3$s", user: "%4$s", password: "${file:%1$s/password}", connections: %5$d }
        tables:
          %6$s
        """
            .formatted(
                target,
                type,
                server.jdbcUrl(database),
                user,
                connections,
                String.join("\n  ", tables));
    try {
      Files.createDirectories(target);
      Files.writeString(target.resolve("password"), EmbeddedMariaDbServer.PASSWORD);
      return Files.writeString(target.resolve("lake.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
