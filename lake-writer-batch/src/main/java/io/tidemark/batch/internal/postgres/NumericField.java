package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.source.UnfitValueException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A {@code numeric} on the wire: a header of four 16-bit numbers (count of groups, weight of the
 * first one, sign, scale of display), then groups of four decimal digits, the first one not 0.
 */
final class NumericField {

  static final int GROUP_DIGITS = 4;

  /** Powers of ten that fit a long. */
  static final long[] TEN = new long[19];

  private static final int HEADER = 4 * Short.BYTES;
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xc000;
  private static final int INFINITY = 0xd000;
  private static final int NEGATIVE_INFINITY = 0xf000;

  static {
    TEN[0] = 1;
    for (int i = 1; i < TEN.length; i++) {
      TEN[i] = TEN[i - 1] * 10;
    }
  }

  private NumericField() {}

  /** Returns the header, as one number, of a field that is a number and as long as it says. */
  static long header(byte[] row, int offset, int length) {
    long header = Wire.int8(row, offset);
    Wire.expect(length, HEADER + groups(header) * Short.BYTES);
    int sign = sign(header);
    if (sign > NEGATIVE) {
      throw notANumber(sign);
    }
    return header;
  }

  static int groups(long header) {
    return (int) (header >>> 48);
  }

  /** Returns the power of ten that the last decimal digit of the first group stands for. */
  static int firstExponent(long header) {
    return (short) (header >>> 32) * GROUP_DIGITS;
  }

  static boolean isNegative(long header) {
    return sign(header) == NEGATIVE;
  }

  static int group(byte[] row, int offset, int i) {
    return Wire.int2(row, offset + HEADER + i * Short.BYTES);
  }

  /** Returns the failure of a number that needs more digits than there are. */
  static UnfitValueException tooLong(byte[] row, int offset, int precision, int scale) {
    return new UnfitValueException(
        "%s does not fit decimal(%d, %d)"
            .formatted(value(row, offset).stripTrailingZeros().toPlainString(), precision, scale));
  }

  /** Returns the decimal digits of a group, none for 0. */
  static int digits(int group) {
    if (group < 10) {
      return group == 0 ? 0 : 1;
    }
    return group < 100 ? 2 : group < 1_000 ? 3 : GROUP_DIGITS;
  }

  private static int sign(long header) {
    return (int) (header >>> 16) & 0xffff;
  }

  private static UnfitValueException notANumber(int sign) {
    return switch (sign) {
      case NAN -> new UnfitValueException("NaN is no number");
      case INFINITY -> new UnfitValueException("Infinity is no number");
      case NEGATIVE_INFINITY -> new UnfitValueException("-Infinity is no number");
      default -> throw new IllegalStateException("Cannot decode a numeric of sign " + sign);
    };
  }

  private static BigDecimal value(byte[] row, int offset) {
    long header = Wire.int8(row, offset);
    BigDecimal value = BigDecimal.ZERO;
    int exponent = firstExponent(header);
    for (int i = 0; i < groups(header); i++, exponent -= GROUP_DIGITS) {
      BigInteger group = BigInteger.valueOf(group(row, offset, i));
      value = value.add(new BigDecimal(group, -exponent));
    }
    return isNegative(header) ? value.negate() : value;
  }
}
