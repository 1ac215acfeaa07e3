package io.tidemark.batch.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A statement, ready to be run. Without parameters a question mark in its SQL is the user's, as an
 * operator of {@code jsonb} is, and no place for one. Only then it is not prepared, as some drivers
 * have values come in binary by prepared statements alone.
 */
record JdbcStatement(Statement statement, String sql) implements AutoCloseable {

  static JdbcStatement of(Connection connection, String sql, String... parameters)
      throws SQLException {
    if (parameters.length == 0 && sql.indexOf('?') >= 0) {
      return new JdbcStatement(
          connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY), sql);
    }
    PreparedStatement prepared =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    for (int i = 0; i < parameters.length; i++) {
      prepared.setString(i + 1, parameters[i]);
    }
    return new JdbcStatement(prepared, sql);
  }

  void execute() throws SQLException {
    if (statement instanceof PreparedStatement prepared) {
      prepared.execute();
    } else {
      statement.execute(sql);
    }
  }

  ResultSet executeQuery() throws SQLException {
    return statement instanceof PreparedStatement prepared
        ? prepared.executeQuery()
        : statement.executeQuery(sql);
  }

  void setFetchSize(int rows) throws SQLException {
    statement.setFetchSize(rows);
  }

  void cancel() throws SQLException {
    statement.cancel();
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
