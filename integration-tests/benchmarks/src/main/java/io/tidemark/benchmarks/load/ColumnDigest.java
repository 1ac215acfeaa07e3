package io.tidemark.benchmarks.load;

import java.math.BigInteger;

/**
 * What a column's values add up to. A value counts as the number it is stored as: decimals
 * unscaled, dates in days, timestamps in microseconds; a text counts as its bytes in UTF-8.
 *
 * @param values how many values are not null
 * @param least the smallest
 * @param greatest the largest
 * @param sum of all, exactly
 */
public record ColumnDigest(long values, long least, long greatest, BigInteger sum) {

  ColumnDigest plus(ColumnDigest other) {
    return new ColumnDigest(
        values + other.values,
        Math.min(least, other.least),
        Math.max(greatest, other.greatest),
        sum.add(other.sum));
  }

  /** Adds values up. */
  static final class Sum {
    private static final int HALF = 32;

    private long values;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;
    private long upperHalves;
    private long lowerHalves;

    void add(long value) {
      values++;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      upperHalves += value >> HALF;
      lowerHalves += value & 0xFFFF_FFFFL;
    }

    ColumnDigest digest() {
      BigInteger upper = BigInteger.valueOf(upperHalves).shiftLeft(HALF);
      return new ColumnDigest(values, least, greatest, upper.add(BigInteger.valueOf(lowerHalves)));
    }
  }
}
