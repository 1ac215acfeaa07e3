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
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.types.Types.TimestampType;

/** Reads a column of a result by the driver's getter for its type. */
@FunctionalInterface
interface ColumnGetter {

  /**
   * Appends the value of the current row, or a null.
   *
   * @param column from 1
   * @return about how many bytes it took on its way
   * @throws io.tidemark.batch.internal.source.UnfitValueException if the vector cannot hold it
   */
  int read(ResultSet row, int column, ColumnVector into) throws SQLException;

  static ColumnGetter of(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> ColumnGetter::bool;
      case INTEGER -> ColumnGetter::int4;
      case LONG -> ColumnGetter::int8;
      case FLOAT -> ColumnGetter::float4;
      case DOUBLE -> ColumnGetter::float8;
      case DECIMAL -> decimal((DecimalType) type);
      case DATE -> new TimeGetter(GetterTimes::date, type);
      case TIME -> new TimeGetter(GetterTimes::time, type);
      case TIMESTAMP ->
          ((TimestampType) type).shouldAdjustToUTC()
              ? GetterTimes::instant
              : new TimeGetter(GetterTimes::timestamp, type);
      case BINARY -> ColumnGetter::binary;
      default -> text(TextDecoders.of(type));
    };
  }

  /** Returns a getter of texts, which are decoded further. */
  static ColumnGetter text(FieldDecoder decoder) {
    return (row, column, into) -> {
      String text = row.getString(column);
      if (text == null) {
        into.appendNull();
        return 0;
      }
      byte[] utf8 = text.getBytes(UTF_8);
      if (!isWhole(text, utf8)) {
        throw new UnfitValueException("half a character is no text");
      }
      decoder.decode(utf8, 0, utf8.length, into);
      return utf8.length;
    };
  }

  /** Returns a getter of bytes, whose hexadecimal digits are decoded further. */
  static ColumnGetter hex(FieldDecoder decoder) {
    return (row, column, into) -> {
      byte[] bytes = row.getBytes(column);
      if (bytes == null) {
        into.appendNull();
        return 0;
      }
      byte[] digits = HexFormat.of().formatHex(bytes).getBytes(US_ASCII);
      decoder.decode(digits, 0, digits.length, into);
      return digits.length;
    };
  }

  /** The half of a pair of surrogates, which UTF-8 cannot hold, became a question mark. */
  private static boolean isWhole(String text, byte[] utf8) {
    for (byte b : utf8) {
      if (b == '?') {
        return new String(utf8, UTF_8).equals(text);
      }
    }
    return true;
  }

  private static ColumnGetter decimal(DecimalType type) {
    DecimalTextDecoder decimals = new DecimalTextDecoder(type);
    return (row, column, into) -> {
      BigDecimal value = row.getBigDecimal(column);
      if (value == null) {
        into.appendNull();
        return 0;
      }
      decimals.append(value, into);
      return Long.BYTES;
    };
  }

  private static int bool(ResultSet row, int column, ColumnVector into) throws SQLException {
    boolean value = row.getBoolean(column);
    if (row.wasNull()) {
      into.appendNull();
      return 0;
    }
    ((BooleanVector) into).append(value);
    return 1;
  }

  /** Some drivers cut what is more than an int, as of SQLite, where any integer has 64 bits. */
  private static int int4(ResultSet row, int column, ColumnVector into) throws SQLException {
    long value = row.getLong(column);
    if (row.wasNull()) {
      into.appendNull();
      return 0;
    }
    if (value != (int) value) {
      throw new UnfitValueException("%d is no int".formatted(value));
    }
    ((IntVector) into).append((int) value);
    return Integer.BYTES;
  }

  private static int int8(ResultSet row, int column, ColumnVector into) throws SQLException {
    long value = row.getLong(column);
    if (row.wasNull()) {
      into.appendNull();
      return 0;
    }
    ((LongVector) into).append(value);
    return Long.BYTES;
  }

  private static int float4(ResultSet row, int column, ColumnVector into) throws SQLException {
    float value = row.getFloat(column);
    if (row.wasNull()) {
      into.appendNull();
      return 0;
    }
    ((FloatVector) into).append(value);
    return Float.BYTES;
  }

  private static int float8(ResultSet row, int column, ColumnVector into) throws SQLException {
    double value = row.getDouble(column);
    if (row.wasNull()) {
      into.appendNull();
      return 0;
    }
    ((DoubleVector) into).append(value);
    return Double.BYTES;
  }

  private static int binary(ResultSet row, int column, ColumnVector into) throws SQLException {
    byte[] value = row.getBytes(column);
    if (value == null) {
      into.appendNull();
      return 0;
    }
    ((BytesVector) into).append(value, 0, value.length);
    return value.length;
  }
}
