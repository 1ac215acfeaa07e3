package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.LongVector;
import io.tidemark.batch.internal.source.UnfitValueException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads dates and times by classes that know no zone of the process. */
final class GetterTimes {

  private static final long MICROS = 1_000_000;

  private GetterTimes() {}

  static void date(ResultSet row, int column, ColumnVector into) throws SQLException {
    LocalDate value = row.getObject(column, LocalDate.class);
    if (value == null) {
      into.appendNull();
    } else {
      ((IntVector) into).append(fit(value, value.toEpochDay()));
    }
  }

  static void time(ResultSet row, int column, ColumnVector into) throws SQLException {
    LocalTime value = row.getObject(column, LocalTime.class);
    append(value == null ? null : value.toNanoOfDay() / 1000, into);
  }

  static void timestamp(ResultSet row, int column, ColumnVector into) throws SQLException {
    LocalDateTime value = row.getObject(column, LocalDateTime.class);
    append(value == null ? null : micros(value.toInstant(ZoneOffset.UTC)), into);
  }

  static void instant(ResultSet row, int column, ColumnVector into) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    append(value == null ? null : micros(value.toInstant()), into);
  }

  private static void append(@Nullable Long value, ColumnVector into) {
    if (value == null) {
      into.appendNull();
    } else {
      ((LongVector) into).append(value);
    }
  }

  private static int fit(LocalDate date, long day) {
    if (day != (int) day) {
      throw new UnfitValueException(date + " is more days from 1970 than an int can hold");
    }
    return (int) day;
  }

  private static long micros(Instant instant) {
    try {
      long seconds = Math.multiplyExact(instant.getEpochSecond(), MICROS);
      return Math.addExact(seconds, instant.getNano() / 1000);
    } catch (ArithmeticException e) {
      throw new UnfitValueException(
          instant + " is more microseconds from 1970 than a long can hold");
    }
  }
}
