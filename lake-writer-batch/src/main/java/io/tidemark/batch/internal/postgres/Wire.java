package io.tidemark.batch.internal.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads numbers in the byte order of the network. */
final class Wire {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Wire() {}

  static short int2(byte[] bytes, int offset) {
    return (short) SHORT.get(bytes, offset);
  }

  static int int4(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  static long int8(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  /** Checks that a field has the length that its type always has. */
  static void expect(int length, int expected) {
    if (length != expected) {
      throw new IllegalStateException(
          "Cannot decode a field: it has %d bytes instead of %d".formatted(length, expected));
    }
  }
}
