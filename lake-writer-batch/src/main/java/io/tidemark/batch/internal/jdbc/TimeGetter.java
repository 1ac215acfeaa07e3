package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.source.UnfitValueException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.iceberg.types.Type;

/**
 * Reads dates and times by the classes of {@code java.time}, or, from a driver that was never
 * taught them, by their texts. A driver is known by the first value that it gives; neither way asks
 * for the zone of the process, as {@link java.sql.Date} would.
 */
final class TimeGetter implements ColumnGetter {

  private final ColumnGetter byClass;
  private final ColumnGetter byText;
  private ColumnGetter getter = this::first;

  TimeGetter(ColumnGetter byClass, Type type) {
    this.byClass = byClass;
    this.byText = ColumnGetter.text(TextDecoders.of(type));
  }

  @Override
  public int read(ResultSet row, int column, ColumnVector into) throws SQLException {
    return getter.read(row, column, into);
  }

  private int first(ResultSet row, int column, ColumnVector into) throws SQLException {
    try {
      int bytes = byClass.read(row, column, into);
      if (bytes > 0) {
        getter = byClass;
      }
      return bytes;
    } catch (SQLException e) {
      return firstText(row, column, into, e);
    }
  }

  private int firstText(ResultSet row, int column, ColumnVector into, SQLException byClass)
      throws SQLException {
    try {
      int bytes = byText.read(row, column, into);
      getter = byText;
      return bytes;
    } catch (SQLException | UnfitValueException e) {
      byClass.addSuppressed(e);
      throw byClass;
    }
  }
}
