package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.Wire.expect;

import io.tidemark.batch.internal.columnar.BooleanVector;
import io.tidemark.batch.internal.columnar.BytesVector;
import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.DoubleVector;
import io.tidemark.batch.internal.columnar.FloatVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.LongVector;

/** Decoders of types that are one number or one run of bytes. */
final class ScalarDecoders {

  private static final byte JSONB_VERSION = 1;
  private static final int UUID_BYTES = 16;

  private ScalarDecoders() {}

  static void bool(byte[] row, int offset, int length, ColumnVector into) {
    expect(length, 1);
    ((BooleanVector) into).append(row[offset] != 0);
  }

  static void int2(byte[] row, int offset, int length, ColumnVector into) {
    expect(length, Short.BYTES);
    ((IntVector) into).append(Wire.int2(row, offset));
  }

  static void int4(byte[] row, int offset, int length, ColumnVector into) {
    expect(length, Integer.BYTES);
    ((IntVector) into).append(Wire.int4(row, offset));
  }

  static void int8(byte[] row, int offset, int length, ColumnVector into) {
    expect(length, Long.BYTES);
    ((LongVector) into).append(Wire.int8(row, offset));
  }

  /** Numbers of objects have 32 bits and no sign. */
  static void oid(byte[] row, int offset, int length, ColumnVector into) {
    expect(length, Integer.BYTES);
    ((LongVector) into).append(Integer.toUnsignedLong(Wire.int4(row, offset)));
  }

  static void float4(byte[] row, int offset, int length, ColumnVector into) {
    expect(length, Float.BYTES);
    ((FloatVector) into).append(Float.intBitsToFloat(Wire.int4(row, offset)));
  }

  static void float8(byte[] row, int offset, int length, ColumnVector into) {
    expect(length, Double.BYTES);
    ((DoubleVector) into).append(Double.longBitsToDouble(Wire.int8(row, offset)));
  }

  /** Texts and byte strings come as they are. */
  static void bytes(byte[] row, int offset, int length, ColumnVector into) {
    ((BytesVector) into).append(row, offset, length);
  }

  static void uuid(byte[] row, int offset, int length, ColumnVector into) {
    expect(length, UUID_BYTES);
    bytes(row, offset, length, into);
  }

  static void jsonb(byte[] row, int offset, int length, ColumnVector into) {
    if (row[offset] != JSONB_VERSION) {
      throw new IllegalStateException("Cannot decode jsonb of version " + row[offset]);
    }
    bytes(row, offset + 1, length - 1, into);
  }
}
