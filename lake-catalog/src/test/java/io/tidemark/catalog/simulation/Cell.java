package io.tidemark.catalog.simulation;

import io.tidemark.catalog.window.Window;
import java.util.Comparator;

/** A window's partition and key bucket. */
record Cell(Window window, int bucket) implements Comparable<Cell> {

  private static final Comparator<Cell> ORDER =
      Comparator.comparing(Cell::window).thenComparing(Cell::bucket);

  @Override
  public int compareTo(Cell other) {
    return ORDER.compare(this, other);
  }
}
