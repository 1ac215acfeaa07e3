package io.tidemark.batch.internal.columnar;

import java.util.Arrays;

/** Remembers the number of a key, until another key takes its place. */
final class RecentKeys {

  static final int UNKNOWN = -1;
  private static final int SLOTS = 1 << 12;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long[] keys = new long[SLOTS];
  private final int[] numbers = new int[SLOTS];

  RecentKeys() {
    Arrays.fill(numbers, UNKNOWN);
  }

  int find(long key) {
    int slot = slot(key);
    return keys[slot] == key ? numbers[slot] : UNKNOWN;
  }

  void add(long key, int number) {
    int slot = slot(key);
    keys[slot] = key;
    numbers[slot] = number;
  }

  private static int slot(long key) {
    return (int) ((key * SPREAD) >>> (Long.SIZE - Integer.numberOfTrailingZeros(SLOTS)));
  }
}
