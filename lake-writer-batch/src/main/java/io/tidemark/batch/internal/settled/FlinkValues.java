package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.columnar.BooleanVector;
import io.tidemark.batch.internal.columnar.BytesVector;
import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.DoubleVector;
import io.tidemark.batch.internal.columnar.FloatVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.LongVector;
import io.tidemark.catalog.InvalidRequestException;
import java.math.BigInteger;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column as Flink's internal ones, exactly or not at all.
 *
 * @param column the contract's column
 */
record FlinkValues(Types.NestedField column) {

  private static final int MICROS_PER_MILLI = 1_000;
  private static final int NANOS_PER_MICRO = 1_000;

  /** Returns the value at a position, or null. */
  @Nullable Object get(ColumnVector vector, int i) {
    return vector.isNull(i) ? null : value(vector, i);
  }

  private Object value(ColumnVector vector, int i) {
    return switch (column.type().typeId()) {
      case BOOLEAN -> ((BooleanVector) vector).get(i);
      case INTEGER -> integer(vector, i);
      case LONG -> longValue(vector, i);
      case FLOAT -> ((FloatVector) vector).get(i);
      case DOUBLE -> ((DoubleVector) vector).get(i);
      case DECIMAL -> decimal(vector, i);
      case STRING -> StringData.fromBytes(bytes(vector, i));
      case DATE -> ((IntVector) vector).get(i);
      case TIME -> time(((LongVector) vector).get(i));
      case TIMESTAMP -> timestamp(((LongVector) vector).get(i));
      case UUID, BINARY -> bytes(vector, i);
      case FIXED -> fixed(bytes(vector, i));
      default -> throw new IllegalStateException("Cannot read a column of type " + column.type());
    };
  }

  private static byte[] bytes(ColumnVector vector, int i) {
    return ((BytesVector) vector).get(i);
  }

  private int integer(ColumnVector vector, int i) {
    long value = longValue(vector, i);
    if (value != (int) value) {
      throw unfit(value);
    }
    return (int) value;
  }

  /** A sum of integers comes with as many digits as there may be. */
  private long longValue(ColumnVector vector, int i) {
    if (!(vector instanceof BytesVector digits)) {
      return integral(vector, i);
    }
    BigInteger value = new BigInteger(digits.get(i));
    if (value.bitLength() >= Long.SIZE) {
      throw unfit(value);
    }
    return value.longValue();
  }

  private static long integral(ColumnVector vector, int i) {
    return vector instanceof IntVector ints ? ints.get(i) : ((LongVector) vector).get(i);
  }

  private DecimalData decimal(ColumnVector vector, int i) {
    Types.DecimalType type = (Types.DecimalType) column.type();
    return vector instanceof BytesVector digits
        ? DecimalData.fromUnscaledBytes(digits.get(i), type.precision(), type.scale())
        : DecimalData.fromUnscaledLong(integral(vector, i), type.precision(), type.scale());
  }

  /** Flink keeps a time of day in milliseconds. */
  private int time(long micros) {
    if (micros % MICROS_PER_MILLI != 0) {
      throw unfit(micros + " microseconds of the day");
    }
    return (int) (micros / MICROS_PER_MILLI);
  }

  private static TimestampData timestamp(long micros) {
    return TimestampData.fromEpochMillis(
        Math.floorDiv(micros, MICROS_PER_MILLI),
        Math.floorMod(micros, MICROS_PER_MILLI) * NANOS_PER_MICRO);
  }

  private byte[] fixed(byte[] value) {
    if (value.length != ((Types.FixedType) column.type()).length()) {
      throw unfit(value.length + " bytes");
    }
    return value;
  }

  private InvalidRequestException unfit(Object value) {
    return new InvalidRequestException(
        "Cannot seal: the query brought %s for column %s, which is %s and has no place for it. Cast or leave it out in the query. Nothing was committed."
            .formatted(value, column.name(), column.type()));
  }
}
