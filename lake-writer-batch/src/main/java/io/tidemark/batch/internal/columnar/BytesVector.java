package io.tidemark.batch.internal.columnar;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/**
 * Holds strings (UTF-8), binaries, fixed and uuid (16 bytes, big-endian), and decimals of more than
 * 18 digits (unscaled, big-endian two's complement, in exactly as many bytes as Iceberg's {@code
 * TypeUtil.decimalRequiredBytes} wants for the type's precision).
 */
public final class BytesVector extends ColumnVector {

  private static final int ANY_LENGTH = -1;
  private static final int FIRST_BYTES = 256;
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final int length;
  private byte[] data = new byte[FIRST_BYTES];
  private int[] ends = new int[0];

  BytesVector() {
    this(ANY_LENGTH);
  }

  /** Creates a vector whose values all have a length, in bytes. */
  BytesVector(int length) {
    this.length = length;
  }

  /**
   * Appends a value, of which it takes a copy.
   *
   * @throws IllegalArgumentException where the type wants another length
   * @throws ArithmeticException where the values of the vector come to more than 2 GiB
   */
  public void append(byte[] from, int offset, int length) {
    if (this.length != ANY_LENGTH && length != this.length) {
      throw new IllegalArgumentException(
          "Cannot append %d bytes: a value has %d".formatted(length, this.length));
    }
    int start = end(size() - 1);
    int end = Math.addExact(start, length);
    if (data.length < end) {
      data = Arrays.copyOf(data, (int) Math.min(end * 3L / 2, MAX_BYTES));
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
  void write(int from, int to, Levels levels, ColumnWriter out) {
    int repetition = levels.first();
    for (int i = from; i < to; i++) {
      if (isNull(i)) {
        out.writeNull(repetition, levels.definition() - 1);
      } else {
        int start = start(i);
        Binary value = Binary.fromReusedByteArray(data, start, ends[i] - start);
        out.write(value, repetition, levels.definition());
      }
      repetition = levels.next();
    }
  }

  /** Appends the values between two positions to a page, without the nulls. */
  void plain(int from, int to, PageBuffer out) {
    int start = start(from);
    for (int i = from; i < to; i++) {
      int end = ends[i];
      if (!isNull(i) && length == ANY_LENGTH) {
        out.putSized(data, start, end - start);
      } else if (!isNull(i)) {
        out.put(data, start, end - start);
      }
      start = end;
    }
  }

  @Override
  int hash(int i) {
    return ByteBuffer.wrap(data, start(i), end(i) - start(i)).hashCode();
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
}
