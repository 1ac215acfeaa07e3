package io.tidemark.batch.internal.columnar;

import java.util.Arrays;

/**
 * Remembers which source values led to which result of a transform that preserves order: all values
 * between two with the same result have that result, so that a range for each result says it all.
 */
final class PartitionRanges {

  static final int UNKNOWN = -1;
  private static final int FIRST_CAPACITY = 64;

  private long[] lows = new long[FIRST_CAPACITY];
  private long[] highs = new long[FIRST_CAPACITY];
  private int[] results = new int[FIRST_CAPACITY];
  private int count;
  private int last;

  /** Returns the number of a value's result, or {@link #UNKNOWN}. */
  int find(long value) {
    if (last < count && lows[last] <= value && value <= highs[last]) {
      return results[last];
    }
    int range = atOrBelow(value);
    if (range < 0 || highs[range] < value) {
      return UNKNOWN;
    }
    last = range;
    return results[range];
  }

  /** Remembers a value that was unknown. */
  void add(long value, int result) {
    int below = atOrBelow(value);
    if (below >= 0 && results[below] == result) {
      highs[below] = value;
    } else if (below + 1 < count && results[below + 1] == result) {
      lows[below + 1] = value;
    } else {
      insert(below + 1, value, result);
    }
  }

  /** Returns the last range that begins at a value or below it, or -1. */
  private int atOrBelow(long value) {
    int found = Arrays.binarySearch(lows, 0, count, value);
    return found >= 0 ? found : -found - 2;
  }

  private void insert(int at, long value, int result) {
    if (count == lows.length) {
      lows = Arrays.copyOf(lows, count * 2);
      highs = Arrays.copyOf(highs, count * 2);
      results = Arrays.copyOf(results, count * 2);
    }
    System.arraycopy(lows, at, lows, at + 1, count - at);
    System.arraycopy(highs, at, highs, at + 1, count - at);
    System.arraycopy(results, at, results, at + 1, count - at);
    lows[at] = value;
    highs[at] = value;
    results[at] = result;
    count++;
  }
}
