package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.source.ValueHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The 64-bit hash by which PostgreSQL finds the partition of a row, with the seed 0: {@code
 * hash_bytes_extended}, which is Jenkins' lookup3. It cannot change without moving rows of
 * everybody's partitions. Servers of big-endian machines have another one.
 */
final class PostgresHash implements ValueHash {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int START = 0x9e3779b9 + 3_923_095;
  private static final int BLOCK = 3 * Integer.BYTES;

  private int a;
  private int b;
  private int c;

  /** Returns {@code hashtextextended} of a text. */
  @Override
  public long text(byte[] utf8) {
    return bytes(utf8);
  }

  /** Returns {@code hashtextextended} of the hexadecimal digits, as bytes have no such hash. */
  @Override
  public long binary(byte[] value) {
    return bytes(HexFormat.of().formatHex(value).getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns {@code uuid_hash_extended}. */
  @Override
  public long uuid(byte[] value) {
    return bytes(value);
  }

  /** Returns {@code hashfloat4extended}, which hashes the number as one of 64 bits. */
  @Override
  public long number(float key) {
    return number((double) key);
  }

  private long bytes(byte[] key) {
    a = START + key.length;
    b = a;
    c = a;
    int position = 0;
    for (; key.length - position >= BLOCK; position += BLOCK) {
      a += (int) INT.get(key, position);
      b += (int) INT.get(key, position + Integer.BYTES);
      c += (int) INT.get(key, position + 2 * Integer.BYTES);
      mix();
    }
    rest(key, position);
    last();
    return (long) b << Integer.SIZE | Integer.toUnsignedLong(c);
  }

  /** Returns {@code hashfloat8extended}. */
  @Override
  public long number(double key) {
    if (key == 0) {
      return 0;
    }
    byte[] bytes = new byte[Double.BYTES];
    long bits = Double.doubleToLongBits(key);
    INT.set(bytes, 0, (int) bits);
    INT.set(bytes, Integer.BYTES, (int) (bits >>> Integer.SIZE));
    return bytes(bytes);
  }

  /** The lowest byte of the last word is left to the length. */
  private void rest(byte[] key, int position) {
    for (int i = position; i < key.length; i++) {
      int at = i - position;
      int value = key[i] & 0xff;
      if (at < Integer.BYTES) {
        a += value << (Byte.SIZE * at);
      } else if (at < 2 * Integer.BYTES) {
        b += value << (Byte.SIZE * (at - Integer.BYTES));
      } else {
        c += value << (Byte.SIZE * (at - 2 * Integer.BYTES + 1));
      }
    }
  }

  private void mix() {
    a = (a - c) ^ Integer.rotateLeft(c, 4);
    c += b;
    b = (b - a) ^ Integer.rotateLeft(a, 6);
    a += c;
    c = (c - b) ^ Integer.rotateLeft(b, 8);
    b += a;
    a = (a - c) ^ Integer.rotateLeft(c, 16);
    c += b;
    b = (b - a) ^ Integer.rotateLeft(a, 19);
    a += c;
    c = (c - b) ^ Integer.rotateLeft(b, 4);
    b += a;
  }

  private void last() {
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    c = (c ^ b) - Integer.rotateLeft(b, 24);
  }
}
