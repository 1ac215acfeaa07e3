package io.tidemark.scenarios.kill;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * Clicks and what they cost.
 *
 * @param cost with two decimals
 */
record Totals(long clicks, BigDecimal cost) {

  private static final BigDecimal NOTHING = BigDecimal.valueOf(0, 2);

  static Totals of(Stream<BigDecimal> prices) {
    List<BigDecimal> all = prices.toList();
    return new Totals(all.size(), all.stream().reduce(NOTHING, BigDecimal::add));
  }

  static Totals none() {
    return new Totals(0, NOTHING);
  }

  Totals plus(long moreClicks, BigDecimal moreCost) {
    return new Totals(clicks + moreClicks, cost.add(moreCost));
  }
}
