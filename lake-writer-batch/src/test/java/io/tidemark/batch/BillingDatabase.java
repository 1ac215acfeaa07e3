package io.tidemark.batch;

import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;

/** A PostgreSQL database with settled figures, and manifests that name it. */
public final class BillingDatabase implements AutoCloseable {

  static final String QUERY =
      "SELECT hour, campaign_id, placement, impressions, clicks, cost FROM billing.settled WHERE hour >= :lo AND hour < :hi";

  private static final String DATABASE = "ads";

  private final EmbeddedPostgresServer server;
  private final Path directory;

  private BillingDatabase(EmbeddedPostgresServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  public static BillingDatabase start(Path directory) {
    EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory.resolve("pg"));
    server.createDatabase(DATABASE);
    return new BillingDatabase(server, directory);
  }

  /** Empties the table of settled figures. */
  public void reset() {
    execute(
        """
        DROP SCHEMA IF EXISTS billing CASCADE;
        CREATE SCHEMA billing;
        CREATE TABLE billing.settled (hour timestamptz, campaign_id bigint, placement text,
          impressions bigint, clicks bigint, cost numeric(18, 2))
        """);
  }

  void execute(String sql) {
    server.execute(DATABASE, sql);
  }

  Connection connect() throws SQLException {
    return server.connect(DATABASE);
  }

  public void insert(AdRow... rows) {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO billing.settled VALUES (?, ?, ?, ?, ?, ?)")) {
      for (AdRow row : rows) {
        insert.setObject(1, row.period() == null ? null : row.period().atOffset(ZoneOffset.UTC));
        insert.setObject(2, row.campaign());
        insert.setString(3, row.placement());
        insert.setLong(4, row.clicks() * 10);
        insert.setLong(5, row.clicks());
        insert.setBigDecimal(6, new BigDecimal(row.cost()));
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long count(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A manifest of a table in a SQLite catalog in a directory. */
  public ManifestText manifest(Path target) {
    Path password = directory.resolve("password");
    try {
      Files.writeString(password, EmbeddedPostgresServer.PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ManifestText(
        target, server.jdbcUrl(DATABASE), EmbeddedPostgresServer.USER, password, 3, QUERY, "");
  }

  @Override
  public void close() {
    server.close();
  }
}
