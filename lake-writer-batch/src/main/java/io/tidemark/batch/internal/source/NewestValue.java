package io.tidemark.batch.internal.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads what {@link SourceSession#newest} asks for. */
public final class NewestValue {

  private NewestValue() {}

  /** Reads the first column of a row. Some drivers have no Long of a number that is narrower. */
  public static <T> Optional<T> of(ResultSet row, Class<T> type) throws SQLException {
    if (type != Long.class) {
      return Optional.ofNullable(row.getObject(1, type));
    }
    long number = row.getLong(1);
    return row.wasNull() ? Optional.empty() : Optional.of(type.cast(number));
  }
}
