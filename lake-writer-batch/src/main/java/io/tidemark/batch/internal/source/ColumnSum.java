package io.tidemark.batch.internal.source;

import io.tidemark.batch.internal.columnar.BooleanVector;
import io.tidemark.batch.internal.columnar.BytesVector;
import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.columnar.DoubleVector;
import io.tidemark.batch.internal.columnar.FloatVector;
import io.tidemark.batch.internal.columnar.IntVector;
import io.tidemark.batch.internal.columnar.ListVector;
import io.tidemark.batch.internal.columnar.LongVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;
import org.jspecify.annotations.Nullable;

/** Adds up the values of one column, batch by batch. */
final class ColumnSum {

  private final Type type;
  private final @Nullable ColumnSum elements;
  private final ValueHash hash;
  private BigInteger wide = BigInteger.ZERO;
  private long high;
  private long low;
  private long values;

  ColumnSum(Type type, ValueHash hash) {
    this.type = type;
    this.hash = hash;
    this.elements = type.isListType() ? new ColumnSum(type.asListType().elementType(), hash) : null;
  }

  void add(ColumnVector vector) {
    if (elements != null) {
      elements.add(((ListVector) vector).elements());
    }
    for (int i = 0; i < vector.size(); i++) {
      if (!vector.isNull(i)) {
        values++;
        add(vector, i);
      }
    }
  }

  ColumnChecksum checksum() {
    if (elements != null) {
      return new ColumnChecksum(values, elements.values, elements.sum());
    }
    return new ColumnChecksum(values, 0, sum());
  }

  private BigDecimal sum() {
    BigInteger sum =
        BigInteger.valueOf(high).shiftLeft(Integer.SIZE).add(BigInteger.valueOf(low)).add(wide);
    return new BigDecimal(sum, type instanceof DecimalType decimal ? decimal.scale() : 0);
  }

  private void add(ColumnVector vector, int i) {
    if (vector instanceof LongVector longs) {
      add(longs.get(i));
    } else if (vector instanceof IntVector ints) {
      add(ints.get(i));
    } else if (vector instanceof BytesVector bytes) {
      add(bytes.get(i));
    } else if (vector instanceof BooleanVector truths) {
      add(truths.get(i) ? 1 : 0);
    } else if (vector instanceof FloatVector floats) {
      add(hash.number(floats.get(i)));
    } else if (vector instanceof DoubleVector doubles) {
      add(hash.number(doubles.get(i)));
    }
  }

  private void add(byte[] value) {
    switch (type.typeId()) {
      case DECIMAL -> wide = wide.add(new BigInteger(value));
      case BINARY -> add(hash.binary(value));
      case UUID -> add(hash.uuid(value));
      default -> add(hash.text(value));
    }
  }

  /** Adds the halves on their own, so that no sum overflows. */
  private void add(long value) {
    high += value >> Integer.SIZE;
    low += Integer.toUnsignedLong((int) value);
  }
}
