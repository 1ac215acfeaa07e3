package io.tidemark.stream.internal;

import java.util.Arrays;

/** The order of Flink's internal values: bytes and strings compare as unsigned bytes. */
final class Ordering {

  private Ordering() {}

  @SuppressWarnings("unchecked")
  static int compare(Object a, Object b) {
    if (a instanceof byte[] left && b instanceof byte[] right) {
      return Arrays.compareUnsigned(left, right);
    }
    return ((Comparable<Object>) a).compareTo(b);
  }
}
