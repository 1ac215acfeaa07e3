package io.tidemark.batch.internal.columnar;

import java.util.Arrays;

/**
 * Holds strings (UTF-8), binaries, fixed and uuid (16 bytes, big-endian), and decimals of more than
 * 18 digits (unscaled, big-endian two's complement, in exactly as many bytes as Iceberg's {@code
 * TypeUtil.decimalRequiredBytes} wants for the type's precision).
 */
public final class BytesVector extends ColumnVector {

  private static final int FIRST_BYTES = 256;

  private byte[] data = new byte[FIRST_BYTES];
  private int[] ends = new int[0];

  /**
   * Appends a value, of which it takes a copy.
   *
   * @throws ArithmeticException where the values of the vector come to more than 2 GiB
   */
  public void append(byte[] from, int offset, int length) {
    int start = end(size() - 1);
    int end = Math.addExact(start, length);
    if (data.length < end) {
      data = Arrays.copyOf(data, capacity(end));
    }
    System.arraycopy(from, offset, data, start, length);
    int i = next();
    ends[i] = end;
  }

  /** Returns a copy of the value at a position, from 0; of a null, no bytes. */
  public byte[] get(int i) {
    return Arrays.copyOfRange(data, start(i), end(i));
  }

  /** Returns the array that holds the values, valid until the next is appended. */
  byte[] data() {
    return data;
  }

  int start(int i) {
    return end(i - 1);
  }

  int end(int i) {
    return i < 0 ? 0 : ends[i];
  }

  @Override
  public long bytes() {
    return super.bytes() + data.length + (long) ends.length * Integer.BYTES;
  }

  @Override
  void nullAt(int i) {
    ends[i] = end(i - 1);
  }

  @Override
  void reserve(int capacity) {
    if (ends.length < capacity) {
      ends = Arrays.copyOf(ends, capacity);
    }
  }

  private static int capacity(int wanted) {
    return (int) Math.min(wanted * 3L / 2, Integer.MAX_VALUE - 8L);
  }
}
