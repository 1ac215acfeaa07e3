package io.tidemark.batch.internal.columnar;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.values.bitpacking.BytePacker;

/** Bytes of a page in the making, in Parquet's plain encoding. It grows, and is used again. */
final class PageBuffer extends OutputStream {

  private static final int FIRST_BYTES = 1 << 10;

  /** In numbers, as Parquet packs bits. */
  static final int GROUP = 8;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;

  void put(long[] values, int from, int count) {
    room(count * Long.BYTES).asLongBuffer().put(values, from, count);
    size += count * Long.BYTES;
  }

  void put(int[] values, int from, int count) {
    room(count * Integer.BYTES).asIntBuffer().put(values, from, count);
    size += count * Integer.BYTES;
  }

  void put(int value) {
    reserve(Integer.BYTES);
    INT.set(bytes, size, value);
    size += Integer.BYTES;
  }

  @Override
  public void write(int value) {
    reserve(Byte.BYTES);
    bytes[size++] = (byte) value;
  }

  /** Appends groups of eight numbers, in as few bits as a packer takes. */
  void putGroups(BytePacker packer, int[] values, int from, int groups) {
    int bits = packer.getBitWidth();
    reserve(groups * bits);
    for (int i = 0; i < groups; i++) {
      packer.pack8Values(values, from + i * GROUP, bytes, size);
      size += bits;
    }
  }

  void put(byte[] from, int offset, int length) {
    reserve(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  /** Appends bytes with their length before them. */
  void putSized(byte[] from, int offset, int length) {
    reserve(Integer.BYTES + length);
    INT.set(bytes, size, length);
    System.arraycopy(from, offset, bytes, size + Integer.BYTES, length);
    size += Integer.BYTES + length;
  }

  boolean equals(int start, int end, byte[] other, int from, int to) {
    return Arrays.equals(bytes, start, end, other, from, to);
  }

  int size() {
    return size;
  }

  int capacity() {
    return bytes.length;
  }

  void clear() {
    size = 0;
  }

  /** Returns what was appended, valid until something else is. */
  BytesInput toInput() {
    return BytesInput.from(bytes, 0, size);
  }

  private ByteBuffer room(int more) {
    reserve(more);
    return ByteBuffer.wrap(bytes, size, more).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(needed * 2L, MAX_BYTES));
    }
  }
}
