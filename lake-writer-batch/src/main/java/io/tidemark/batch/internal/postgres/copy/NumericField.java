package io.tidemark.batch.internal.postgres.copy;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A {@code numeric} on the wire: a header of four 16-bit numbers (count of digits, weight of the
 * first one, sign, scale of display), then digits to the base of 10,000.
 */
final class NumericField {

  static final int HEADER = 4 * Short.BYTES;
  static final int NEGATIVE = 0x4000;

  /** Powers of ten that fit a long. */
  static final long[] TEN = new long[19];

  private static final int NAN = 0xc000;
  private static final int INFINITY = 0xd000;
  private static final int NEGATIVE_INFINITY = 0xf000;
  private static final int DIGITS_OF_GROUP = 4;

  static {
    TEN[0] = 1;
    for (int i = 1; i < TEN.length; i++) {
      TEN[i] = TEN[i - 1] * 10;
    }
  }

  private NumericField() {}

  static int groups(byte[] row, int offset) {
    return Wire.int2(row, offset);
  }

  /** Returns the power of ten that the last decimal digit of the first group stands for. */
  static int firstExponent(byte[] row, int offset) {
    return Wire.int2(row, offset + 2) * DIGITS_OF_GROUP;
  }

  static int sign(byte[] row, int offset) {
    return Wire.int2(row, offset + 4) & 0xffff;
  }

  static int group(byte[] row, int offset, int i) {
    return Wire.int2(row, offset + HEADER + i * Short.BYTES);
  }

  /** Checks that there are as many groups as the header says, and a number at all. */
  static void check(byte[] row, int offset, int length) {
    Wire.expect(length, HEADER + groups(row, offset) * Short.BYTES);
    int sign = sign(row, offset);
    if (sign == NAN) {
      throw new UnfitValueException("NaN is no number");
    }
    if (sign == INFINITY || sign == NEGATIVE_INFINITY) {
      throw new UnfitValueException((sign == INFINITY ? "" : "-") + "Infinity is no number");
    }
  }

  /** Returns the failure of a number that needs more digits than there are. */
  static UnfitValueException tooLong(byte[] row, int offset, int precision, int scale) {
    return new UnfitValueException(
        "%s does not fit decimal(%d, %d)"
            .formatted(value(row, offset).stripTrailingZeros().toPlainString(), precision, scale));
  }

  /** Returns the decimal digits of a group of the base of 10,000, none for 0. */
  static int digits(int group) {
    if (group < 10) {
      return group == 0 ? 0 : 1;
    }
    return group < 100 ? 2 : group < 1_000 ? 3 : DIGITS_OF_GROUP;
  }

  private static BigDecimal value(byte[] row, int offset) {
    BigDecimal value = BigDecimal.ZERO;
    int exponent = firstExponent(row, offset);
    for (int i = 0; i < groups(row, offset); i++, exponent -= DIGITS_OF_GROUP) {
      BigInteger group = BigInteger.valueOf(group(row, offset, i));
      value = value.add(new BigDecimal(group, -exponent));
    }
    return sign(row, offset) == NEGATIVE ? value.negate() : value;
  }
}
