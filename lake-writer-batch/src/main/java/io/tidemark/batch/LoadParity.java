package io.tidemark.batch;

import java.io.Serializable;
import java.util.List;

/**
 * What of a load was found the same in the database, in the snapshot it was read in, and in the
 * files. The number of rows always is.
 *
 * @param columns how many columns come to the same sums; 0 where only rows were counted
 * @param counted the columns of which only the values were counted, as they are masked, or some
 *     became null that had no place
 */
public record LoadParity(int columns, List<String> counted) implements Serializable {

  /** Only rows were counted. */
  public static final LoadParity ROWS = new LoadParity(0, List.of());

  public LoadParity {
    counted = List.copyOf(counted);
  }

  /** Shows it for people, e.g. {@code 12 columns, mail only counted}. */
  @Override
  public String toString() {
    if (equals(ROWS)) {
      return "rows";
    }
    String text = columns + " columns";
    return counted.isEmpty()
        ? text
        : "%s, %s only counted".formatted(text, String.join(", ", counted));
  }
}
