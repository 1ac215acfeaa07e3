package io.tidemark.batch.internal.seal;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Rows that one audit objects to.
 *
 * @param count how many
 * @param firstPeriod the least period among them in microseconds, or null where that is null
 * @param firstRow what names the row with that period, or null while there is none
 */
record Finding(long count, @Nullable Long firstPeriod, @Nullable String firstRow)
    implements Serializable {

  static final Finding NONE = new Finding(0, null, null);

  Finding merge(Finding other) {
    Finding first = other.isBefore(this) ? other : this;
    return new Finding(count + other.count, first.firstPeriod, first.firstRow);
  }

  private boolean isBefore(Finding other) {
    if (count == 0 || other.count == 0) {
      return other.count == 0;
    }
    if (firstPeriod == null || other.firstPeriod == null) {
      return firstPeriod != null;
    }
    return firstPeriod < other.firstPeriod;
  }
}
