package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.source.FieldDecoder;
import io.tidemark.batch.internal.source.MaskedDecoder;
import io.tidemark.batch.internal.source.UnfitValueException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Optional;

/** The rows of a table of any database, by a cursor that brings some at a time. */
final class CursorRows extends StatementRows {

  private static final String WRONG_DATA = "22";

  private final ColumnGetter[] getters;
  private final FetchSize fetchSize = new FetchSize();
  private int bytes;

  CursorRows(JdbcConnection connection, JdbcQuery query, KeyRange range) throws SQLException {
    super(connection, query, query.select(range), FetchSize.FIRST_ROWS);
    this.getters = query.columns().stream().map(CursorRows::getter).toArray(ColumnGetter[]::new);
  }

  private static ColumnGetter getter(JdbcSelection column) {
    FieldDecoder texts =
        column.mask() == null ? TextDecoders.of(column.type()) : MaskedDecoder.of(column.mask());
    if (column.hex()) {
      return ColumnGetter.hex(texts);
    }
    return column.mask() == null ? ColumnGetter.of(column.type()) : ColumnGetter.text(texts);
  }

  @Override
  public boolean next() {
    try {
      bytes = 0;
      fetchSize.next(result());
      return advance();
    } catch (SQLException e) {
      throw connection().failure(e);
    }
  }

  @Override
  public void read(int column, ColumnVector into) {
    try {
      int taken = getters[column].read(result(), column + 1, into);
      fetchSize.add(taken);
      bytes += taken;
    } catch (UnfitValueException e) {
      unfitValues().take(column, e, into);
    } catch (SQLException e) {
      if (!isAboutTheValue(e)) {
        throw connection().failure(e);
      }
      unfitValues().take(column, new UnfitValueException(String.valueOf(e.getMessage())), into);
    }
  }

  /** Of the columns that were read. */
  @Override
  public int bytes() {
    return bytes;
  }

  private static boolean isAboutTheValue(SQLException e) {
    return e instanceof SQLDataException
        || e.getSQLState() != null && e.getSQLState().startsWith(WRONG_DATA);
  }

  @Override
  public Optional<String> proof() {
    return Optional.empty();
  }
}
