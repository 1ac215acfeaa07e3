package io.tidemark.stream.internal;

import java.math.BigDecimal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Adds values of a measure. A sum that leaves its type's range is an error, never wrapped. */
final class Sums {

  private Sums() {}

  static Merger.MergeFunction of(String measure, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case INTEGER -> (a, b) -> Math.addExact((int) a, (int) b);
      case BIGINT -> (a, b) -> Math.addExact((long) a, (long) b);
      case FLOAT -> (a, b) -> (float) a + (float) b;
      case DOUBLE -> (a, b) -> (double) a + (double) b;
      case DECIMAL -> decimals(measure, (DecimalType) type);
      default -> throw new IllegalArgumentException("Cannot sum " + measure + ": it is " + type);
    };
  }

  private static Merger.MergeFunction decimals(String measure, DecimalType type) {
    return (a, b) -> {
      BigDecimal sum = ((DecimalData) a).toBigDecimal().add(((DecimalData) b).toBigDecimal());
      DecimalData fitting = DecimalData.fromBigDecimal(sum, type.getPrecision(), type.getScale());
      if (fitting == null) {
        throw new ArithmeticException(
            "Cannot add to measure %s: %s exceeds %s".formatted(measure, sum, type));
      }
      return fitting;
    };
  }
}
