package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.SourceRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** The rows that a statement brings, some at a time. */
abstract sealed class StatementRows implements SourceRows permits CursorRows, PacketRows {

  private final JdbcConnection connection;
  private final JdbcStatement statement;
  private final ResultSet result;
  private final UnfitValues unfit;
  private boolean ended;

  /**
   * Runs the statement.
   *
   * @param sql brings the query's columns
   * @param rowsAtOnce how many rows the driver should hold at first
   */
  StatementRows(JdbcConnection connection, JdbcQuery query, String sql, int rowsAtOnce)
      throws SQLException {
    this.connection = connection;
    this.unfit = new UnfitValues(query);
    this.statement = connection.prepare(sql);
    this.result = run(statement, rowsAtOnce);
  }

  private static ResultSet run(JdbcStatement statement, int rowsAtOnce) throws SQLException {
    try {
      statement.setFetchSize(rowsAtOnce);
      return statement.executeQuery();
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  final JdbcConnection connection() {
    return connection;
  }

  final ResultSet result() {
    return result;
  }

  final UnfitValues unfitValues() {
    return unfit;
  }

  /** Moves to the next row; at their end says so, once. */
  final boolean advance() throws SQLException {
    unfit.nextRow();
    ended = !result.next();
    return !ended;
  }

  @Override
  public final Map<String, Long> unfit() {
    return unfit.counts();
  }

  /** A driver may read what is left of the rows before it lets go of them. */
  @Override
  public final void close() {
    if (!ended) {
      connection.abort();
      return;
    }
    try {
      statement.close();
    } catch (SQLException e) {
      throw connection.failure(e);
    }
  }
}
