package io.tidemark.examples.quickstart;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Sums of the three measures.
 *
 * @param impressions how many ads were shown
 * @param clicks how many were clicked
 * @param cost what they cost, in two decimals
 */
record Figures(
    long impressions, long clicks, @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal cost) {

  static final Figures ZERO = new Figures(0, 0, BigDecimal.ZERO);

  Figures {
    cost = cost.setScale(2, RoundingMode.UNNECESSARY);
  }

  Figures plus(Figures other) {
    return new Figures(
        impressions + other.impressions, clicks + other.clicks, cost.add(other.cost));
  }

  /** Tells whether no figure is less than the other's. */
  boolean covers(Figures other) {
    return impressions >= other.impressions
        && clicks >= other.clicks
        && cost.compareTo(other.cost) >= 0;
  }
}
