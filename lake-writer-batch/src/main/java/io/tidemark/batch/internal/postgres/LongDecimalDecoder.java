package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.NumericField.GROUP_DIGITS;
import static io.tidemark.batch.internal.postgres.NumericField.TEN;

import io.tidemark.batch.internal.columnar.BytesVector;
import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.source.FieldDecoder;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.DecimalType;

/** Decodes a {@code numeric} into a decimal of 19 to 38 digits. It never rounds. */
final class LongDecimalDecoder implements FieldDecoder {

  private static final int GROUPS_OF_LONG = 4;
  private static final long BASE = 10_000;

  private final int precision;
  private final int scale;
  private final int bytes;

  LongDecimalDecoder(DecimalType type) {
    this.precision = type.precision();
    this.scale = type.scale();
    this.bytes = TypeUtil.decimalRequiredBytes(precision);
  }

  @Override
  public void decode(byte[] row, int offset, int length, ColumnVector into) {
    long header = NumericField.header(row, offset, length);
    int groups = NumericField.groups(header);
    int first = NumericField.firstExponent(header) + scale;
    if (groups > 0 && first + NumericField.digits(NumericField.group(row, offset, 0)) > precision) {
      throw NumericField.tooLong(row, offset, precision, scale);
    }
    BigInteger magnitude = scaled(row, offset, groups, first - (groups - 1) * GROUP_DIGITS);
    byte[] value = extended(NumericField.isNegative(header) ? magnitude.negate() : magnitude);
    ((BytesVector) into).append(value, 0, bytes);
  }

  /** Returns all groups as one number, times ten to the exponent of the last one. */
  private BigInteger scaled(byte[] row, int offset, int groups, int exponent) {
    BigInteger number = number(row, offset, groups);
    if (exponent >= 0) {
      return exponent == 0 ? number : number.multiply(BigInteger.TEN.pow(exponent));
    }
    BigInteger[] parts = number.divideAndRemainder(BigInteger.TEN.pow(-exponent));
    if (parts[1].signum() != 0) {
      throw NumericField.tooLong(row, offset, precision, scale);
    }
    return parts[0];
  }

  /** Takes four groups at a time. */
  private static BigInteger number(byte[] row, int offset, int groups) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < groups; ) {
      int end = Math.min(groups, i + GROUPS_OF_LONG);
      long power = TEN[(end - i) * GROUP_DIGITS];
      long part = 0;
      for (; i < end; i++) {
        part = part * BASE + NumericField.group(row, offset, i);
      }
      number = number.multiply(BigInteger.valueOf(power)).add(BigInteger.valueOf(part));
    }
    return number;
  }

  private byte[] extended(BigInteger number) {
    byte[] shortest = number.toByteArray();
    byte[] value = new byte[bytes];
    int start = bytes - shortest.length;
    if (number.signum() < 0) {
      Arrays.fill(value, 0, start, (byte) -1);
    }
    System.arraycopy(shortest, 0, value, start, shortest.length);
    return value;
  }
}
