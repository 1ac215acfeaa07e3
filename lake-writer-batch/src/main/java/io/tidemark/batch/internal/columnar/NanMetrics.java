package io.tidemark.batch.internal.columnar;

import org.apache.iceberg.DoubleFieldMetrics;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The metrics of a floating point column of one file: Parquet's own do not tell NaN apart. */
final class NanMetrics {

  private final Types.NestedField column;
  private final DoubleFieldMetrics.Builder values;
  private long nulls;

  NanMetrics(Types.NestedField column) {
    this.column = column;
    this.values = new DoubleFieldMetrics.Builder(column.fieldId());
  }

  /** Says whether columns of a type have such metrics. */
  static boolean cover(Type type) {
    return type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE;
  }

  void add(ColumnVector vector) {
    for (int i = 0; i < vector.size(); i++) {
      if (vector.isNull(i)) {
        nulls++;
      } else {
        values.addValue(
            vector instanceof FloatVector floats ? floats.get(i) : ((DoubleVector) vector).get(i));
      }
    }
  }

  FieldMetrics<?> toFieldMetrics() {
    FieldMetrics<Double> found = values.build();
    return new FieldMetrics<>(
        column.fieldId(),
        found.valueCount() + nulls,
        nulls,
        found.nanValueCount(),
        bound(found.lowerBound()),
        bound(found.upperBound()),
        column.type());
  }

  private @Nullable Object bound(@Nullable Double bound) {
    if (bound == null || column.type().typeId() == Type.TypeID.DOUBLE) {
      return bound;
    }
    return bound.floatValue();
  }
}
