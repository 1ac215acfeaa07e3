package io.tidemark.batch.internal.jdbc;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.manifest.Source;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection whose statements can be cancelled from any thread. */
final class JdbcConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcConnection.class);

  private static final int SECONDS_TO_ANSWER = 10;

  /** The SQL state of what a user has stopped. */
  private static final String CANCELLED = "57014";

  private final Source.Database source;
  private final Connection connection;
  private volatile @Nullable JdbcStatement running;
  private volatile boolean cancelled;

  JdbcConnection(Source.Database source, Connection connection) {
    this.source = source;
    this.connection = connection;
  }

  /** Reads one row of a result. */
  @FunctionalInterface
  interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** Something that the database may fail at. */
  @FunctionalInterface
  interface Request<T> {
    T run() throws SQLException;
  }

  Connection jdbc() {
    return connection;
  }

  JdbcStatement prepare(String sql, String... parameters) throws SQLException {
    JdbcStatement statement = JdbcStatement.of(connection, sql, parameters);
    running = statement;
    if (cancelled) {
      statement.close();
      throw new SQLException("the read was cancelled", CANCELLED);
    }
    return statement;
  }

  void execute(String sql) throws SQLException {
    try (JdbcStatement statement = prepare(sql)) {
      statement.execute();
    }
  }

  /** Returns the rows of a query that is known to have few. */
  <T> List<T> rows(String sql, RowMapper<T> mapper, String... parameters) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (JdbcStatement statement = prepare(sql, parameters);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(mapper.map(result));
      }
    }
    return rows;
  }

  /**
   * Runs what not every database can. Where this one refuses, its transaction goes on as if nothing
   * had been asked.
   *
   * @return empty where it refuses
   */
  <T> Optional<T> attempt(Request<T> request) {
    Optional<Savepoint> before = savepoint();
    try {
      return Optional.of(request.run());
    } catch (SQLException e) {
      LOG.debug("{} cannot do what not every database can", source, e);
      before.ifPresent(this::goBack);
      return Optional.empty();
    } finally {
      before.ifPresent(this::release);
    }
  }

  /** A failure ends the transaction in some databases, and these have savepoints. */
  private Optional<Savepoint> savepoint() {
    try {
      return Optional.of(connection.setSavepoint());
    } catch (SQLException e) {
      LOG.debug("{} has no savepoints", source, e);
      return Optional.empty();
    }
  }

  private void goBack(Savepoint to) {
    try {
      connection.rollback(to);
    } catch (SQLException e) {
      LOG.debug("Cannot go back to a savepoint of {}", source, e);
    }
  }

  private void release(Savepoint savepoint) {
    try {
      connection.releaseSavepoint(savepoint);
    } catch (SQLException e) {
      LOG.debug("{} keeps its savepoints", source, e);
    }
  }

  LakeException failure(SQLException e) {
    return JdbcFailure.of("read from", source, e);
  }

  /**
   * Returns what a database has against a query of a table. Some drivers say nothing but a text:
   * where the connection is as good as before, it is about the query.
   */
  LakeException refusal(String table, SQLException e) {
    LakeException failure = JdbcFailure.of("read %s of".formatted(table), source, e);
    return JdbcFailure.tellsNothing(e) && isValid()
        ? new InvalidRequestException(failure.getMessage(), e)
        : failure;
  }

  private boolean isValid() {
    try {
      return connection.isValid(SECONDS_TO_ANSWER);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Stops what is being read, and what would be read next. */
  void cancel() {
    cancelled = true;
    JdbcStatement statement = running;
    try {
      if (statement != null) {
        statement.cancel();
      }
    } catch (SQLException e) {
      LOG.debug("Cannot cancel a query of {}", source, e);
    }
  }

  /** Ends the connection at once; what it was still to read is not waited for. */
  void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("Cannot end a connection to {}", source, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("{} closes no connection in the midst of a transaction", source, e);
      rollBackAndClose();
    }
  }

  private void rollBackAndClose() {
    try {
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      LOG.debug("Cannot close a connection to {}", source, e);
      abort();
    }
  }
}
