package io.tidemark.batch.internal.jdbc;

import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.manifest.Source;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections with whichever driver of the class path takes the URL, with a read-only
 * transaction each, of the highest isolation up to repeatable read that the database has.
 */
final class AnsiConnector {

  private static final Logger LOG = LoggerFactory.getLogger(AnsiConnector.class);

  private AnsiConnector() {}

  static JdbcConnection connect(Source.Jdbc source) {
    try {
      Connection connection = open(source);
      try {
        begin(connection);
      } catch (SQLException e) {
        new JdbcConnection(source, connection).close();
        throw e;
      }
      return new JdbcConnection(source, connection);
    } catch (SQLException e) {
      throw JdbcFailure.of("connect to", source, e);
    }
  }

  private static Connection open(Source.Jdbc source) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", Secrets.resolvePlain(source.user()));
    properties.setProperty("password", Secrets.resolve(source.password()));
    return Drivers.connect(source, Secrets.resolvePlain(source.url()), properties);
  }

  private static void begin(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    readOnly(connection);
    inUtc(connection);
    if (metaData.supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ)) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    } else if (metaData.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE)) {
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    }
    if (metaData.supportsTransactions()) {
      connection.setAutoCommit(false);
    }
  }

  /** Some drivers give a session the zone of this process. Databases that know none refuse. */
  private static void inUtc(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
    } catch (SQLException e) {
      LOG.debug("The database does not take UTC for the zone of a session", e);
    }
  }

  /** It is a hint, which SQLite takes before it is connected to only. Nothing is written anyway. */
  private static void readOnly(Connection connection) {
    try {
      connection.setReadOnly(true);
    } catch (SQLException e) {
      LOG.debug("The driver does not take a connection for read-only", e);
    }
  }
}
