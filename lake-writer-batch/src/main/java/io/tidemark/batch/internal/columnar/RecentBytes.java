package io.tidemark.batch.internal.columnar;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Remembers the number of a value in bytes, until another value takes its place. */
final class RecentBytes {

  static final int UNKNOWN = -1;
  private static final int SLOTS = 1 << 12;

  /** Longer values are not worth the memory. */
  private static final int MAX_LENGTH = 64;

  private final byte @Nullable [][] values = new byte[SLOTS][];
  private final int[] numbers = new int[SLOTS];

  int find(byte[] data, int start, int end) {
    int slot = slot(data, start, end);
    byte[] value = values[slot];
    boolean same = value != null && Arrays.equals(value, 0, value.length, data, start, end);
    return same ? numbers[slot] : UNKNOWN;
  }

  void add(byte[] data, int start, int end, int number) {
    if (end - start <= MAX_LENGTH) {
      int slot = slot(data, start, end);
      values[slot] = Arrays.copyOfRange(data, start, end);
      numbers[slot] = number;
    }
  }

  private static int slot(byte[] data, int start, int end) {
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + data[i];
    }
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }
}
