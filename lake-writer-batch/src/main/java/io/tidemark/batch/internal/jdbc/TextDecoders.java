package io.tidemark.batch.internal.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.batch.internal.columnar.BooleanVector;
import io.tidemark.batch.internal.columnar.BytesVector;
import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.DoubleVector;
import io.tidemark.batch.internal.columnar.FloatVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.LongVector;
import io.tidemark.batch.internal.source.FieldDecoder;
import io.tidemark.batch.internal.source.UnfitValueException;
import java.util.HexFormat;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;

/** Decoders of values that come as texts in UTF-8. */
final class TextDecoders {

  private static final int UUID_BYTES = 16;
  private static final int UUID_LENGTH = 36;

  private TextDecoders() {}

  static FieldDecoder of(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> TextDecoders::bool;
      case INTEGER -> TextDecoders::int4;
      case LONG -> TextDecoders::int8;
      case FLOAT -> TextDecoders::float4;
      case DOUBLE -> TextDecoders::float8;
      case DECIMAL -> new DecimalTextDecoder((DecimalType) type);
      case DATE -> TextTimes::date;
      case TIME -> TextTimes::time;
      case TIMESTAMP -> TextTimes::timestamp;
      case UUID -> TextDecoders::uuid;
      default -> TextDecoders::bytes;
    };
  }

  static void bool(byte[] row, int offset, int length, ColumnVector into) {
    if (length != 1 || row[offset] != '0' && row[offset] != '1') {
      throw unfit(row, offset, length, "boolean");
    }
    ((BooleanVector) into).append(row[offset] == '1');
  }

  static void int4(byte[] row, int offset, int length, ColumnVector into) {
    long value = integer(row, offset, length, "int");
    if (value != (int) value) {
      throw unfit(row, offset, length, "int");
    }
    ((IntVector) into).append((int) value);
  }

  static void int8(byte[] row, int offset, int length, ColumnVector into) {
    ((LongVector) into).append(integer(row, offset, length, "long"));
  }

  static void float4(byte[] row, int offset, int length, ColumnVector into) {
    double number = number(row, offset, length);
    if (Double.isFinite(number) && Float.isInfinite((float) number)) {
      throw unfit(row, offset, length, "float");
    }
    ((FloatVector) into).append((float) number);
  }

  static void float8(byte[] row, int offset, int length, ColumnVector into) {
    ((DoubleVector) into).append(number(row, offset, length));
  }

  /** Texts and byte strings come as they are. */
  static void bytes(byte[] row, int offset, int length, ColumnVector into) {
    ((BytesVector) into).append(row, offset, length);
  }

  static void uuid(byte[] row, int offset, int length, ColumnVector into) {
    if (length != UUID_LENGTH) {
      throw unfit(row, offset, length, "uuid");
    }
    String digits = text(row, offset, length).replace("-", "");
    ((BytesVector) into).append(HexFormat.of().parseHex(digits), 0, UUID_BYTES);
  }

  /** Returns the failure of a value that a type cannot hold. */
  static UnfitValueException unfit(byte[] row, int offset, int length, String type) {
    return new UnfitValueException(
        "'%s' is no %s".formatted(new String(row, offset, length, UTF_8), type));
  }

  private static long integer(byte[] row, int offset, int length, String type) {
    int end = offset + length;
    int start = offset;
    boolean negative = length > 0 && row[offset] == '-';
    if (negative) {
      start++;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = row[i] - '0';
      if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
        throw unfit(row, offset, length, type);
      }
      value = value * 10 - digit;
    }
    if (start == end || !negative && value == Long.MIN_VALUE) {
      throw unfit(row, offset, length, type);
    }
    return negative ? value : -value;
  }

  private static double number(byte[] row, int offset, int length) {
    return Double.parseDouble(text(row, offset, length));
  }

  private static String text(byte[] row, int offset, int length) {
    return new String(row, offset, length, US_ASCII);
  }
}
