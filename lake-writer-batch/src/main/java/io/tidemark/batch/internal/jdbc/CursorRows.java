package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.source.MaskedDecoder;
import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.batch.internal.source.UnfitValueException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** The rows of a table of any database, by a cursor that brings some at a time. */
final class CursorRows implements SourceRows {

  private static final int ROWS_AT_ONCE = 1_000;
  private static final String WRONG_DATA = "22";

  private final JdbcConnection connection;
  private final PreparedStatement statement;
  private final ResultSet result;
  private final ColumnGetter[] getters;
  private final UnfitValues unfit;
  private boolean ended;

  private CursorRows(
      JdbcConnection connection, PreparedStatement statement, ResultSet result, JdbcQuery query) {
    this.connection = connection;
    this.statement = statement;
    this.result = result;
    this.getters = query.columns().stream().map(CursorRows::getter).toArray(ColumnGetter[]::new);
    this.unfit = new UnfitValues(query);
  }

  static CursorRows open(JdbcConnection connection, JdbcQuery query, KeyRange range)
      throws SQLException {
    PreparedStatement statement = connection.prepare(query.select(range));
    try {
      statement.setFetchSize(ROWS_AT_ONCE);
      return new CursorRows(connection, statement, statement.executeQuery(), query);
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static ColumnGetter getter(JdbcSelection column) {
    return column.mask() == null
        ? ColumnGetter.of(column.type())
        : ColumnGetter.text(MaskedDecoder.of(column.mask()));
  }

  @Override
  public boolean next() {
    try {
      ended = !result.next();
      return !ended;
    } catch (SQLException e) {
      throw connection.failure(e);
    }
  }

  @Override
  public void read(int column, ColumnVector into) {
    try {
      getters[column].read(result, column + 1, into);
    } catch (UnfitValueException e) {
      unfit.take(column, e, into);
    } catch (SQLException e) {
      if (!isAboutTheValue(e)) {
        throw connection.failure(e);
      }
      unfit.take(column, new UnfitValueException(String.valueOf(e.getMessage())), into);
    }
  }

  private static boolean isAboutTheValue(SQLException e) {
    return e instanceof SQLDataException
        || e.getSQLState() != null && e.getSQLState().startsWith(WRONG_DATA);
  }

  @Override
  public Map<String, Long> unfit() {
    return unfit.counts();
  }

  @Override
  public Optional<String> proof() {
    return Optional.empty();
  }

  /** A driver may read what is left of the rows before it lets go of them. */
  @Override
  public void close() {
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
