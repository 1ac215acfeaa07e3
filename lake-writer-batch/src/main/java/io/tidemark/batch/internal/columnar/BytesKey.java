package io.tidemark.batch.internal.columnar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Byte strings, eight bytes at a time. */
final class BytesKey {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private BytesKey() {}

  /** Returns up to eight bytes as a number that, without a sign, has the order they have. */
  static long prefix(byte[] data, int start, int end) {
    int length = end - start;
    if (length >= Long.BYTES) {
      return (long) WORD.get(data, start);
    }
    if (length == 0) {
      return 0;
    }
    int shift = (Long.BYTES - length) * Byte.SIZE;
    if (start + Long.BYTES <= data.length) {
      return (long) WORD.get(data, start) >>> shift << shift;
    }
    long prefix = 0;
    for (int i = start; i < end; i++) {
      prefix = prefix << Byte.SIZE | (data[i] & 0xff);
    }
    return prefix << shift;
  }

  /** Returns the last eight bytes as a number, or as many as there are. */
  static long suffix(byte[] data, int start, int end) {
    return end - start >= Long.BYTES
        ? (long) WORD.get(data, end - Long.BYTES)
        : prefix(data, start, end);
  }

  /** Returns a hash of bytes whose prefix and suffix are known. */
  static int hash(long prefix, long suffix, byte[] data, int start, int end) {
    long hash = (prefix * SPREAD + suffix) * SPREAD + end - start;
    for (int i = start + Long.BYTES; i < end - Long.BYTES; i += Long.BYTES) {
      hash = (hash ^ hash >>> Integer.SIZE ^ (long) WORD.get(data, i)) * SPREAD;
    }
    return (int) (hash >>> Integer.SIZE);
  }
}
