package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.LongVector;

/**
 * Decoders of dates and times as MariaDB and {@link java.sql.Timestamp} write them: {@code
 * 2026-11-22}, {@code 23:59:59.5}. Days that no calendar has, as 0000-00-00, and times that are no
 * time of a day do not fit.
 */
final class TextTimes {

  private static final int DATE_LENGTH = 10;
  private static final int TIME_LENGTH = 8;
  private static final int MICRO_DIGITS = 6;
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private TextTimes() {}

  static void date(byte[] row, int offset, int length, ColumnVector into) {
    if (length != DATE_LENGTH) {
      throw TextDecoders.unfit(row, offset, length, "day");
    }
    ((IntVector) into).append(day(row, offset, length));
  }

  static void time(byte[] row, int offset, int length, ColumnVector into) {
    ((LongVector) into).append(micros(row, offset, offset, length));
  }

  static void timestamp(byte[] row, int offset, int length, ColumnVector into) {
    if (length < DATE_LENGTH + 1 + TIME_LENGTH || row[offset + DATE_LENGTH] != ' ') {
      throw TextDecoders.unfit(row, offset, length, "instant");
    }
    long day = day(row, offset, length);
    ((LongVector) into).append(day * DAY + micros(row, offset + DATE_LENGTH + 1, offset, length));
  }

  /** Returns the days since 1970-01-01. */
  private static int day(byte[] row, int offset, int length) {
    int year = number(row, offset, 4);
    int month = number(row, offset + 5, 2);
    int day = row[offset + 4] == '-' && row[offset + 7] == '-' ? number(row, offset + 8, 2) : -1;
    boolean leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    if (year < 0
        || month < 1
        || month > 12
        || day < 1
        || day > DAYS[month - 1] + (leap && month == 2 ? 1 : 0)) {
      throw TextDecoders.unfit(row, offset, length, "day of a calendar");
    }
    int shifted = month > 2 ? year : year - 1;
    int era = Math.floorDiv(shifted, 400);
    int yearOfEra = shifted - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
  }

  /** Returns the microseconds of the day of the time that begins within a field. */
  private static long micros(byte[] row, int at, int offset, int length) {
    int end = offset + length;
    int hour = number(row, at, 2);
    int minute = end - at < TIME_LENGTH ? -1 : number(row, at + 3, 2);
    int second = minute < 0 ? -1 : number(row, at + 6, 2);
    boolean fits =
        isWithin(hour, 23)
            && isWithin(minute, 59)
            && isWithin(second, 59)
            && row[at + 2] == ':'
            && row[at + 5] == ':';
    long micros = fits ? fraction(row, at + TIME_LENGTH, end) : -1;
    if (micros < 0) {
      throw TextDecoders.unfit(row, offset, length, "time of a day");
    }
    return (hour * 3600L + minute * 60L + second) * SECOND + micros;
  }

  private static boolean isWithin(int number, int most) {
    return number >= 0 && number <= most;
  }

  /** Returns the microseconds of a point and the digits behind it, or -1 where there is more. */
  private static long fraction(byte[] row, int point, int end) {
    int digits = end - point - 1;
    if (digits < 0) {
      return 0;
    }
    long micros = digits <= MICRO_DIGITS && row[point] == '.' ? number(row, point + 1, digits) : -1;
    for (int i = digits; i < MICRO_DIGITS; i++) {
      micros *= 10;
    }
    return micros;
  }

  /** Returns a number of some digits, or -1 where there are others. */
  private static int number(byte[] row, int offset, int digits) {
    int number = 0;
    for (int i = offset; i < offset + digits; i++) {
      int digit = row[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
