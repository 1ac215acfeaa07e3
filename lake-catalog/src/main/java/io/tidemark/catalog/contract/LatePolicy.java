package io.tidemark.catalog.contract;

import java.util.Locale;

/** What becomes of a stream's row for a window that is closed. */
public enum LatePolicy {
  /** The row is kept in the table's quarantine, {@code <table>__late}. */
  QUARANTINE,
  /** The row is counted and dropped. */
  DROP;

  /** Returns the policy named in a manifest or a table property, in lower case. */
  public static LatePolicy parse(String text) {
    return switch (text) {
      case "quarantine" -> QUARANTINE;
      case "drop" -> DROP;
      default ->
          throw new IllegalArgumentException(
              "Unknown late policy '" + text + "': expected quarantine or drop");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
