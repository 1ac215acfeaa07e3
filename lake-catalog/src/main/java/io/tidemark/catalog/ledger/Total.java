package io.tidemark.catalog.ledger;

import java.io.Serializable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One measure's total over a window: the sum, or the least or greatest value, by the measure's own
 * merge function. Exact; timestamps are microseconds from the epoch, dates are days.
 *
 * @param measure the measure's name
 * @param before the total before the seal, or null where no row had a value
 * @param after the total after the seal, or null where no row has a value
 */
public record Total(String measure, @Nullable BigDecimal before, @Nullable BigDecimal after)
    implements Serializable {

  /** Returns after minus before; null counts as zero. */
  public BigDecimal difference() {
    return zeroIfNull(after).subtract(zeroIfNull(before));
  }

  /** Shows {@code clicks 96 -> 98 (+2)}. */
  @Override
  public String toString() {
    return "%s %s -> %s (%s%s)"
        .formatted(
            measure,
            show(before),
            show(after),
            difference().signum() > 0 ? "+" : "",
            show(difference()));
  }

  private static BigDecimal zeroIfNull(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  private static String show(@Nullable BigDecimal value) {
    return value == null ? "none" : value.toPlainString();
  }
}
