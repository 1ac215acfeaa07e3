package io.tidemark.batch;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.fixtures.FlakyDatabaseProxy;
import io.tidemark.fixtures.Shutdown;
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

/** A database with tables to load, manifests that name them, and what became of them. */
public abstract class Shop {

  private static final String PASSWORD_FILE = "password";

  private final String type;
  private final String schema;
  private final String user;
  private final String password;

  /**
   * @param type what manifests call it
   * @param schema what manifests call the tables' schema
   */
  Shop(String type, String schema, String user, String password) {
    this.type = type;
    this.schema = schema;
    this.user = user;
    this.password = password;
  }

  String schema() {
    return schema;
  }

  /** Connects; the caller closes the connection. */
  abstract Connection connect() throws SQLException;

  /** Returns a JDBC URL of the database without credentials. */
  abstract String url();

  /** Stops the server and waits until it is gone. */
  abstract void stop(Shutdown mode);

  /** Starts the stopped server again, on the same port and with what was committed. */
  abstract void startAgain();

  /** Starts a proxy in front of the server; the caller closes it. */
  abstract FlakyDatabaseProxy startProxy();

  /** Returns the URL of the database through a proxy. */
  abstract String url(FlakyDatabaseProxy proxy);

  /** Tells whether rows of a table are read by a statement, which a proxy has seen. */
  abstract boolean reads(String statement, String table);

  /** Drops all tables. */
  abstract void clear();

  /** Returns a name as the database's SQL has it. */
  abstract String quoted(String name);

  /** Returns what SQL selects numbers from 1 on from, as {@code i}. */
  abstract String numbers(int count);

  /**
   * Creates a table of ids from 1 on with a payload each, in ranges where it is large.
   *
   * @param width how many times 32 characters a payload has
   */
  abstract void createTable(String name, int rows, int width);

  /** Runs one statement, or several between semicolons. */
  public abstract void execute(String sql);

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
   * Writes a manifest in which the database is the source {@code shop}.
   *
   * @param target the directory for it, its catalog and its warehouse
   * @param connections how many connections may be open
   * @param tables the entries of {@code tables:}, a line each
   */
  public Path manifest(Path target, int connections, String... tables) {
    return manifest(target, url(), connections, tables);
  }

  /** Writes a manifest in which the database has another URL, as behind a proxy. */
  Path manifest(Path target, String url, int connections, String... tables) {
    return manifest(target, type, url, user, connections, tables);
  }

  Path manifest(
      Path target, String type, String url, String user, int connections, String... tables) {
    String yaml =
        """
        catalog: { type: jdbc, uri: "jdbc:sqlite:%1$s/catalog.db", warehouse: "%1$s/warehouse" }
        sources:
          shop: { type: %2$s, url: "%3$s", user: "%4$s", password: "${file:%1$s/%5$s}", connections: %6$d }
        tables:
          %7$s
        """
            .formatted(
                target, type, url, user, PASSWORD_FILE, connections, String.join("\n  ", tables));
    try {
      Files.createDirectories(target);
      Files.writeString(target.resolve(PASSWORD_FILE), password);
      return Files.writeString(target.resolve("lake.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return type;
  }

  /** Returns the rows of a table that a manifest of the directory names. */
  public static List<Record> rows(Path target, String name) {
    try (OpenCatalog open = OpenCatalog.of(catalog(target))) {
      return rows(table(open, target, name));
    }
  }

  static List<Record> rows(Table table) {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      records.forEach(row -> rows.add(row.copy()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
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
}
