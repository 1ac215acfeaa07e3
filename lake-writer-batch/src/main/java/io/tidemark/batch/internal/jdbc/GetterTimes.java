package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.LongVector;
import io.tidemark.batch.internal.source.UnfitValueException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;

/** Reads dates and times by classes that know no zone of the process. */
final class GetterTimes {

  private static final long MICROS = 1_000_000;
  private static final int NANOS_OF_MICRO = 1_000;

  private GetterTimes() {}

  static int date(ResultSet row, int column, ColumnVector into) throws SQLException {
    LocalDate value = row.getObject(column, LocalDate.class);
    if (value == null) {
      into.appendNull();
      return 0;
    }
    ((IntVector) into).append(fit(value, value.toEpochDay()));
    return Integer.BYTES;
  }

  static int time(ResultSet row, int column, ColumnVector into) throws SQLException {
    LocalTime value = row.getObject(column, LocalTime.class);
    if (value == null) {
      into.appendNull();
      return 0;
    }
    ((LongVector) into).append(micros(value, value.toSecondOfDay(), value.getNano()));
    return Long.BYTES;
  }

  static int timestamp(ResultSet row, int column, ColumnVector into) throws SQLException {
    LocalDateTime value = row.getObject(column, LocalDateTime.class);
    if (value == null) {
      into.appendNull();
      return 0;
    }
    ((LongVector) into).append(micros(value, value.toEpochSecond(ZoneOffset.UTC), value.getNano()));
    return Long.BYTES;
  }

  static int instant(ResultSet row, int column, ColumnVector into) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    if (value == null) {
      into.appendNull();
      return 0;
    }
    ((LongVector) into).append(micros(value, value.toEpochSecond(), value.getNano()));
    return Long.BYTES;
  }

  private static int fit(LocalDate date, long day) {
    if (day != (int) day) {
      throw new UnfitValueException(date + " is more days from 1970 than an int can hold");
    }
    return (int) day;
  }

  private static long micros(Temporal value, long seconds, int nanos) {
    if (nanos % NANOS_OF_MICRO != 0) {
      throw new UnfitValueException(value + " is finer than a microsecond");
    }
    try {
      return Math.addExact(Math.multiplyExact(seconds, MICROS), nanos / NANOS_OF_MICRO);
    } catch (ArithmeticException e) {
      throw new UnfitValueException(value + " is more microseconds from 1970 than a long can hold");
    }
  }
}
