package io.tidemark.batch.internal.load;

import java.io.Serializable;

/** How much a run is asked to load of its tables. */
public sealed interface LoadExtent extends Serializable {

  /** What came since the load before; all there is in mode full, or where there is none before. */
  record Next() implements LoadExtent {}

  /** All there is, whatever was loaded before. */
  record Anew() implements LoadExtent {}

  /**
   * A closed range of the cursor, in mode append.
   *
   * @param from the first value
   * @param to the value that the range ends before
   */
  record Range(String from, String to) implements LoadExtent {}
}
