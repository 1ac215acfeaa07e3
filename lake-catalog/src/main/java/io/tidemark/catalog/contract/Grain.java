package io.tidemark.catalog.contract;

import java.util.Locale;

/** The length of a period, the aggregation grain that a row belongs to. */
public enum Grain {
  MINUTE,
  HOUR,
  DAY,
  MONTH;

  /** Returns the grain named in a manifest or a table property, in lower case. */
  public static Grain parse(String text) {
    return switch (text) {
      case "minute" -> MINUTE;
      case "hour" -> HOUR;
      case "day" -> DAY;
      case "month" -> MONTH;
      default ->
          throw new IllegalArgumentException(
              "Unknown grain '" + text + "': expected minute, hour, day or month");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
