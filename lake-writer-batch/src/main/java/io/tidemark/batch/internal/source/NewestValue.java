package io.tidemark.batch.internal.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads what {@link SourceSession#newest} asks for. */
public final class NewestValue {

  private NewestValue() {}

  /**
   * Reads the first column of a row.
   *
   * @param type {@link Long}, {@link LocalDate} or {@link LocalDateTime}; some drivers have no Long
   *     of a number that is narrower, and some know no class of a date or time but by its text
   */
  public static <T> Optional<T> of(ResultSet row, Class<T> type) throws SQLException {
    if (type == Long.class) {
      long number = row.getLong(1);
      return row.wasNull() ? Optional.empty() : Optional.of(type.cast(number));
    }
    try {
      return Optional.ofNullable(row.getObject(1, type));
    } catch (SQLException e) {
      String text = row.getString(1);
      return text == null ? Optional.empty() : Optional.of(type.cast(parse(text, type, e)));
    }
  }

  private static Object parse(String text, Class<?> type, SQLException unknown)
      throws SQLException {
    try {
      return type == LocalDate.class
          ? LocalDate.parse(text)
          : LocalDateTime.parse(text.replace(' ', 'T'));
    } catch (DateTimeParseException e) {
      unknown.addSuppressed(e);
      throw unknown;
    }
  }
}
