package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.NumericField.GROUP_DIGITS;
import static io.tidemark.batch.internal.postgres.NumericField.TEN;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.LongVector;
import io.tidemark.batch.internal.source.FieldDecoder;
import org.apache.iceberg.types.Types.DecimalType;

/** Decodes a {@code numeric} into a decimal of up to 18 digits. It never rounds. */
final class DecimalDecoder implements FieldDecoder {

  static final int MAX_INT_DIGITS = 9;
  static final int MAX_LONG_DIGITS = 18;

  private final int precision;
  private final int scale;

  private DecimalDecoder(DecimalType type) {
    this.precision = type.precision();
    this.scale = type.scale();
  }

  static FieldDecoder of(DecimalType type) {
    return type.precision() > MAX_LONG_DIGITS
        ? new LongDecimalDecoder(type)
        : new DecimalDecoder(type);
  }

  @Override
  public void decode(byte[] row, int offset, int length, ColumnVector into) {
    long header = NumericField.header(row, offset, length);
    long magnitude = magnitude(row, offset, header);
    long unscaled = NumericField.isNegative(header) ? -magnitude : magnitude;
    if (precision <= MAX_INT_DIGITS) {
      ((IntVector) into).append((int) unscaled);
    } else {
      ((LongVector) into).append(unscaled);
    }
  }

  /** Adds up the groups, each of which stands for its digits times ten to an exponent. */
  private long magnitude(byte[] row, int offset, long header) {
    int groups = NumericField.groups(header);
    int exponent = NumericField.firstExponent(header) + scale;
    if (groups > 0 && exponent > precision - GROUP_DIGITS) {
      checkLength(row, offset, exponent);
    }
    long sum = 0;
    for (int i = 0; i < groups; i++, exponent -= GROUP_DIGITS) {
      int group = NumericField.group(row, offset, i);
      if (exponent >= 0) {
        sum += group * TEN[exponent];
      } else if (exponent > -GROUP_DIGITS && group % TEN[-exponent] == 0) {
        sum += group / TEN[-exponent];
      } else if (group != 0) {
        throw NumericField.tooLong(row, offset, precision, scale);
      }
    }
    return sum;
  }

  private void checkLength(byte[] row, int offset, int exponent) {
    if (exponent + NumericField.digits(NumericField.group(row, offset, 0)) > precision) {
      throw NumericField.tooLong(row, offset, precision, scale);
    }
  }
}
