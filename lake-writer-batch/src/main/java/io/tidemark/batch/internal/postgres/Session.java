package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.source.PatientSocketFactory;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.manifest.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with one read-only transaction that sees one snapshot until it is closed.
 *
 * <p>Secrets are resolved when it opens. {@link #cancel()} may be called from any thread.
 */
final class Session implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final String NO_TIMEOUTS =
      "SELECT set_config(name, '0', false) FROM pg_settings"
          + " WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')";

  /**
   * A query of a process that was killed ends within a moment, and its connection with it. Not
   * every system can tell that to a server.
   */
  private static final String NOTICE_KILLED =
      "SELECT set_config(name, '2s', false) FROM pg_settings"
          + " WHERE name = 'client_connection_check_interval' AND version() LIKE '%linux%'";

  /** One text for one value. */
  private static final String EXACT =
      "SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex';"
          + " SET extra_float_digits = 3; SET xmlbinary = 'base64';"
          + " SET standard_conforming_strings = on";

  /**
   * A failure where policies of rows would hide some of them, and all the time it takes, but for
   * others' locks: whoever waits keeps a connection from other tables.
   */
  private static final String WHOLE_AND_EXACT =
      EXACT + "; SET row_security = off; SET statement_timeout = 0; SET lock_timeout = '60s'";

  /** Has the rest of a transaction, or of a savepoint, wait for locks for a moment only. */
  static final String SHORT_WAIT = "SET LOCAL lock_timeout = '10s'";

  private final Source.Postgres source;
  private final Connection connection;
  private volatile @Nullable Statement running;
  private volatile boolean copying;
  private volatile boolean cancelled;

  private Session(Source.Postgres source, Connection connection) {
    this.source = source;
    this.connection = connection;
  }

  /**
   * Connects.
   *
   * @param zone the session's zone, which the query's functions of dates and times use
   * @throws InvalidRequestException if the database refuses the credentials
   * @throws io.tidemark.catalog.UnavailableException if it cannot be reached
   */
  static Session open(Source.Postgres source, ZoneId zone) {
    return open(source, "tidemark seal", zone, EXACT);
  }

  /**
   * Connects to read whole tables: in UTC, with one text for every value, and never less than all
   * rows of a table, whatever policies there are for rows.
   *
   * @throws InvalidRequestException if the database refuses the credentials
   * @throws io.tidemark.catalog.UnavailableException if it cannot be reached
   */
  static Session openForLoad(Source.Postgres source) {
    return open(source, "tidemark load", ZoneOffset.UTC, WHOLE_AND_EXACT);
  }

  private static Session open(
      Source.Postgres source, String application, ZoneId zone, String settings) {
    try {
      Connection connection = connect(source, application);
      try {
        begin(connection, zone, settings);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      return new Session(source, connection);
    } catch (SQLException e) {
      throw SqlFailure.of("connect to", source, e);
    }
  }

  /**
   * Lets the transaction see what another one sees; call it before anything is read.
   *
   * <p>It does not wait for locks for long: who waits to truncate or alter a table that the other
   * one holds lets nobody else have it, and the other one holds it until this one has read.
   *
   * @throws io.tidemark.catalog.UnavailableException if nobody holds the snapshot any more
   */
  void join(String snapshot) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot.replace("'", "''") + "'");
      statement.execute(SHORT_WAIT);
    } catch (SQLException e) {
      throw SqlFailure.passing("read in one snapshot with others from", source, e);
    }
  }

  /** Returns the name under which others can join this transaction's snapshot while it is open. */
  String export() {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT pg_export_snapshot()")) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Returns the encoding that the database keeps texts in, by PostgreSQL's name. */
  String encoding() throws SQLException {
    return connection.unwrap(PGConnection.class).getParameterStatus("server_encoding");
  }

  /** Prepares a statement of ours: a question mark outside of quotes is a parameter. */
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    running = statement;
    checkNotCancelled();
    return statement;
  }

  /** Returns what runs SQL as it is, conditions and expressions of the user's included. */
  Statement statement() throws SQLException {
    Statement statement = connection.createStatement();
    statement.setEscapeProcessing(false);
    running = statement;
    checkNotCancelled();
    return statement;
  }

  /** Copies rows out; whoever reads them to their end calls {@link #copied()}. */
  CopyOut copyOut(String sql) throws SQLException {
    copying = true;
    try {
      checkNotCancelled();
      return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    } catch (SQLException e) {
      copying = false;
      throw e;
    }
  }

  void copied() {
    copying = false;
  }

  LakeException failure(SQLException e) {
    return failure("read from", e);
  }

  /**
   * Returns an exception that says what cannot be done, and why.
   *
   * @param action for people, before the name of the source
   */
  LakeException failure(String action, SQLException e) {
    return SqlFailure.of(action, source, e);
  }

  private void checkNotCancelled() throws SQLException {
    if (cancelled) {
      throw new SQLException("the read was cancelled", PSQLState.QUERY_CANCELED.getState());
    }
  }

  /** Stops what is being read, and what would be read next, so that nobody waits for it. */
  void cancel() {
    cancelled = true;
    try {
      Statement statement = running;
      if (copying) {
        connection.unwrap(PGConnection.class).cancelQuery();
      } else if (statement != null) {
        statement.cancel();
      }
    } catch (SQLException e) {
      LOG.debug("Cannot cancel a query of {}", source, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("Cannot close a connection to {}", source, e);
    }
  }

  private static Connection connect(Source.Postgres source, String application)
      throws SQLException {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, Secrets.resolvePlain(source.user()));
    PGProperty.PASSWORD.set(properties, Secrets.resolve(source.password()));
    PGProperty.APPLICATION_NAME.set(properties, application);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.SOCKET_FACTORY.set(properties, PatientSocketFactory.class.getName());
    PGProperty.PREPARE_THRESHOLD.set(properties, -1);
    Connection connection = new Driver().connect(Secrets.resolvePlain(source.url()), properties);
    if (connection == null) {
      throw new InvalidRequestException(
          "Cannot connect to %s: its url does not begin with jdbc:postgresql:".formatted(source));
    }
    return connection;
  }

  /** What is set outside the transaction comes before the snapshot is taken. */
  private static void begin(Connection connection, ZoneId zone, String settings)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE " + literal(zone.normalized()));
      statement.execute(NO_TIMEOUTS);
      statement.execute(NOTICE_KILLED);
      statement.execute(settings);
    }
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
  }

  private static String literal(ZoneId zone) {
    return zone instanceof ZoneOffset offset
        ? "INTERVAL '" + (offset.equals(ZoneOffset.UTC) ? "00:00" : offset) + "' HOUR TO MINUTE"
        : "'" + zone.getId() + "'";
  }
}
