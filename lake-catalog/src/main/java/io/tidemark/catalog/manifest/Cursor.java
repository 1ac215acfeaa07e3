package io.tidemark.catalog.manifest;

import java.io.Serializable;
import java.time.Duration;

/** What tells the rows of a source that came since the load before. */
public sealed interface Cursor extends Serializable {

  /**
   * A column whose values grow as rows come.
   *
   * @param name the source's column
   * @param lag how far behind the newest value a row may still come, or be committed
   */
  record Column(String name, Lag lag) implements Cursor {}

  /** The database's own order of transactions, which misses nothing that is committed late. */
  record Transaction() implements Cursor {}

  /** A distance between values of a column. */
  sealed interface Lag extends Serializable {

    /** Between times. */
    record Time(Duration duration) implements Lag {}

    /** Between whole numbers. */
    record Number(long distance) implements Lag {}

    /**
     * Reads a lag: {@code 10m} or {@code 1000}.
     *
     * @throws IllegalArgumentException if it is neither a duration nor a number
     */
    static Lag parse(String text) {
      return text.matches("\\d{1,18}")
          ? new Number(Long.parseLong(text))
          : new Time(ManifestDuration.parse(text));
    }
  }
}
