package io.tidemark.batch.internal.source;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * What the values of a column come to in any order. Two sums of the same values are equal, whoever
 * added them up.
 *
 * @param values how many values are not null
 * @param elements how many elements that are not null its lists have; 0 for other columns
 * @param sum of numbers, truths (1 or 0), days or microseconds since 1970, or microseconds of the
 *     day; of everything else, and of floating point numbers, the sum of {@link ValueHash}
 */
public record ColumnChecksum(long values, long elements, BigDecimal sum) implements Serializable {

  public ColumnChecksum {
    sum = sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros();
  }

  /** Returns what these values and others come to together. */
  ColumnChecksum plus(ColumnChecksum other) {
    return new ColumnChecksum(values + other.values, elements + other.elements, sum.add(other.sum));
  }

  /** Shows the figures, for people. */
  @Override
  public String toString() {
    String text = String.format(Locale.ROOT, "%,d values, sum %s", values, sum.toPlainString());
    return elements == 0 ? text : String.format(Locale.ROOT, "%s of %,d elements", text, elements);
  }
}
