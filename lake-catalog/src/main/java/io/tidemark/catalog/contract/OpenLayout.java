package io.tidemark.catalog.contract;

import java.util.Locale;

/** How a stream lays out the windows it owns. */
public enum OpenLayout {
  /** One row per period and key; at a publish every changed cell is replaced whole. */
  CELLS,
  /** Append only: rows as they came. */
  EVENTS;

  /** Returns the layout named in a manifest or a table property, in lower case. */
  public static OpenLayout parse(String text) {
    return switch (text) {
      case "cells" -> CELLS;
      case "events" -> EVENTS;
      default ->
          throw new IllegalArgumentException(
              "Unknown open layout '" + text + "': expected cells or events");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
