package io.tidemark.batch.internal.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tidemark.batch.internal.columnar.BytesVector;
import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.LongVector;
import io.tidemark.batch.internal.source.FieldDecoder;
import io.tidemark.batch.internal.source.UnfitValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.DecimalType;

/** Decodes the digits of a decimal. It never rounds. */
final class DecimalTextDecoder implements FieldDecoder {

  private static final int MAX_INT_DIGITS = 9;
  private static final int MAX_LONG_DIGITS = 18;

  private final int precision;
  private final int scale;

  DecimalTextDecoder(DecimalType type) {
    this.precision = type.precision();
    this.scale = type.scale();
  }

  /** Whatever is not simply digits with the digits behind the point that are wanted is rare. */
  @Override
  public void decode(byte[] row, int offset, int length, ColumnVector into) {
    int end = offset + length;
    int start = offset;
    boolean negative = row[offset] == '-';
    if (negative) {
      start++;
    }
    int point = scale == 0 ? end : end - scale - 1;
    int digits = end - start - (scale == 0 ? 0 : 1);
    if (digits > MAX_LONG_DIGITS || digits > precision || point < start || point == end - 1) {
      decodeAny(row, offset, length, into);
      return;
    }
    long unscaled = 0;
    for (int i = start; i < end; i++) {
      int digit = row[i] - '0';
      if (i == point && row[i] == '.') {
        continue;
      }
      if (i == point || digit < 0 || digit > 9) {
        decodeAny(row, offset, length, into);
        return;
      }
      unscaled = unscaled * 10 + digit;
    }
    append(negative ? -unscaled : unscaled, into);
  }

  private void append(long unscaled, ColumnVector into) {
    if (precision <= MAX_INT_DIGITS) {
      ((IntVector) into).append((int) unscaled);
    } else if (precision <= MAX_LONG_DIGITS) {
      ((LongVector) into).append(unscaled);
    } else {
      append(BigInteger.valueOf(unscaled), (BytesVector) into);
    }
  }

  private void append(BigInteger unscaled, BytesVector into) {
    byte[] shortest = unscaled.toByteArray();
    byte[] value = new byte[TypeUtil.decimalRequiredBytes(precision)];
    int start = value.length - shortest.length;
    if (unscaled.signum() < 0) {
      Arrays.fill(value, 0, start, (byte) -1);
    }
    System.arraycopy(shortest, 0, value, start, shortest.length);
    into.append(value, 0, value.length);
  }

  private void decodeAny(byte[] row, int offset, int length, ColumnVector into) {
    BigDecimal value;
    try {
      value = new BigDecimal(new String(row, offset, length, US_ASCII));
    } catch (NumberFormatException e) {
      throw TextDecoders.unfit(row, offset, length, "number");
    }
    append(value, into);
  }

  /** Appends a number that fits, without rounding it. One of another scale is rare. */
  void append(BigDecimal value, ColumnVector into) {
    if (precision <= MAX_LONG_DIGITS && value.scale() == scale && value.precision() <= precision) {
      append(value.scaleByPowerOfTen(scale).longValueExact(), into);
    } else {
      appendAny(value, into);
    }
  }

  private void appendAny(BigDecimal value, ColumnVector into) {
    BigDecimal exact = value.stripTrailingZeros();
    boolean fits = exact.scale() <= scale && exact.precision() - exact.scale() <= precision - scale;
    if (!fits && exact.signum() != 0) {
      throw new UnfitValueException(
          "%s does not fit decimal(%d, %d)".formatted(exact.toPlainString(), precision, scale));
    }
    BigInteger unscaled = exact.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue();
    if (precision <= MAX_LONG_DIGITS) {
      append(unscaled.longValueExact(), into);
    } else {
      append(unscaled, (BytesVector) into);
    }
  }
}
