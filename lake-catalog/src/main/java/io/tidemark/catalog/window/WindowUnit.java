package io.tidemark.catalog.window;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The length of a window in the local time of the table's zone. */
public enum WindowUnit {
  HOUR,
  DAY,
  MONTH;

  /** Returns the unit named in a manifest or a table property, in lower case. */
  public static WindowUnit parse(String text) {
    return switch (text) {
      case "hour" -> HOUR;
      case "day" -> DAY;
      case "month" -> MONTH;
      default ->
          throw new IllegalArgumentException(
              "Unknown window unit '" + text + "': expected hour, day or month");
    };
  }

  LocalDateTime floor(LocalDateTime local) {
    return switch (this) {
      case HOUR -> local.truncatedTo(ChronoUnit.HOURS);
      case DAY -> local.truncatedTo(ChronoUnit.DAYS);
      case MONTH -> local.toLocalDate().withDayOfMonth(1).atStartOfDay();
    };
  }

  LocalDateTime next(LocalDateTime floor) {
    return switch (this) {
      case HOUR -> floor.plusHours(1);
      case DAY -> floor.plusDays(1);
      case MONTH -> floor.plusMonths(1);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
