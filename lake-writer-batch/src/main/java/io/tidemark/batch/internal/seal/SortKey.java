package io.tidemark.batch.internal.seal;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that compare like the values put in, one after the other, nulls first, and that are equal
 * only where all values are. Bytes compare as signed, the way Flink's sorter does.
 */
final class SortKey {

  private static final int SIGN = 0x80;
  private static final int DECIMAL_BYTES = 16;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

  /** Starts anew. */
  SortKey reset() {
    bytes.reset();
    return this;
  }

  /** Adds an Iceberg value. */
  SortKey add(Type type, @Nullable Object value) {
    if (value == null) {
      put(0);
      return this;
    }
    put(1);
    switch (type.typeId()) {
      case BOOLEAN -> put((Boolean) value ? 1 : 0);
      case INTEGER, DATE, LONG, TIME, TIMESTAMP, TIMESTAMP_NANO -> number((Number) value);
      case DECIMAL -> decimal((BigDecimal) value);
      case BINARY, FIXED -> escaped(bytes(value));
      default -> escaped(value.toString().getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void number(Number value) {
    long shifted = value.longValue() ^ Long.MIN_VALUE;
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      put((int) (shifted >>> shift));
    }
  }

  /** Values of one column have one scale, so that their unscaled values compare like they do. */
  private void decimal(BigDecimal value) {
    BigInteger unscaled = value.unscaledValue();
    byte[] padded = new byte[DECIMAL_BYTES];
    Arrays.fill(padded, (byte) (unscaled.signum() < 0 ? -1 : 0));
    byte[] digits = unscaled.toByteArray();
    System.arraycopy(digits, 0, padded, DECIMAL_BYTES - digits.length, digits.length);
    padded[0] ^= (byte) SIGN;
    for (byte b : padded) {
      put(b);
    }
  }

  /** A zero byte becomes two, and what ends a value sorts before whatever could go on. */
  private void escaped(byte[] value) {
    for (byte b : value) {
      put(b);
      if (b == 0) {
        put(1);
      }
    }
    put(0);
    put(0);
  }

  private static byte[] bytes(Object value) {
    if (value instanceof byte[] array) {
      return array;
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    return copy;
  }

  private void put(int unsigned) {
    bytes.write(unsigned ^ SIGN);
  }
}
