package io.tidemark.batch;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import io.tidemark.fixtures.EmbeddedPostgresServer.Shutdown;
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
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** A PostgreSQL database with tables to load, and manifests that name them. */
public final class ShopDatabase implements AutoCloseable {

  private static final String DATABASE = "shop";

  private final EmbeddedPostgresServer server;
  private final Path directory;

  private ShopDatabase(EmbeddedPostgresServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  public static ShopDatabase start(Path directory) {
    EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory.resolve("pg"));
    server.createDatabase(DATABASE);
    return new ShopDatabase(server, directory);
  }

  int port() {
    return server.port();
  }

  public void execute(String sql) {
    server.execute(DATABASE, sql);
  }

  public void execute(String database, String sql) {
    server.execute(database, sql);
  }

  String url(String database) {
    return server.jdbcUrl(database);
  }

  void stop(Shutdown mode) {
    server.stop(mode);
  }

  void startAgain() {
    server.startAgain();
  }

  Connection connect() throws SQLException {
    return server.connect(DATABASE);
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

  /**
   * Writes a manifest.
   *
   * @param target the directory for it, its catalog and its warehouse
   * @param connections how many connections may be open
   * @param tables the entries of {@code tables:}, a line each
   */
  public Path manifest(Path target, int connections, String... tables) {
    return manifest(target, server.jdbcUrl(DATABASE), connections, tables);
  }

  /** Writes a manifest in which the database has another URL, as behind a proxy. */
  Path manifest(Path target, String url, int connections, String... tables) {
    String yaml =
        """
        catalog: { type: jdbc, uri: "jdbc:sqlite:%1$s/catalog.db", warehouse: "%1$s/warehouse" }
        sources:
          shop: { type: postgresql, url: "%2$s", user: "%3$s", password: "${file:%4$s}", connections: %5$d }
        tables:
          %6$s
        """
            .formatted(
                target,
                url,
                EmbeddedPostgresServer.USER,
                directory.resolve("password"),
                connections,
                String.join("\n  ", tables));
    try {
      Files.writeString(directory.resolve("password"), EmbeddedPostgresServer.PASSWORD);
      Files.createDirectories(target);
      return Files.writeString(target.resolve("lake.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the rows of a table that a manifest of the directory names. */
  public static List<Record> rows(Path target, String name) {
    try (OpenCatalog open = OpenCatalog.of(catalog(target))) {
      Table table = table(open, target, name);
      List<Record> rows = new ArrayList<>();
      try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
        records.forEach(row -> rows.add(row.copy()));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Table table(OpenCatalog open, Path target, String name) {
    return open.catalog().loadTable(new TableLoader(catalog(target), name).identifier());
  }

  public static CatalogReference catalog(Path target) {
    return new CatalogReference(
        "lake",
        Map.of(
            "type", "jdbc",
            "uri", "jdbc:sqlite:" + target + "/catalog.db",
            "warehouse", target + "/warehouse"));
  }

  @Override
  public void close() {
    server.close();
  }
}
