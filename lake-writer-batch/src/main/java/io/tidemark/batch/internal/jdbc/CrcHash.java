package io.tidemark.batch.internal.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tidemark.batch.internal.source.ValueHash;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * The CRC-32 of texts and bytes; and of floating point numbers the bits worth less than 2^20 and at
 * least 2^-32, which both sides can take out of a number without rounding it.
 */
final class CrcHash implements ValueHash {

  private static final double MODULUS = 0x1p20;
  private static final double SCALE = 0x1p32;

  private final CRC32 crc = new CRC32();

  @Override
  public long text(byte[] utf8) {
    return binary(utf8);
  }

  @Override
  public long binary(byte[] bytes) {
    crc.reset();
    crc.update(bytes);
    return crc.getValue();
  }

  /** Its text, as the database shows it. */
  @Override
  public long uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return binary(new UUID(buffer.getLong(), buffer.getLong()).toString().getBytes(US_ASCII));
  }

  @Override
  public long number(float value) {
    return number((double) value);
  }

  @Override
  public long number(double value) {
    return (long) Math.floor(value % MODULUS * SCALE);
  }
}
