package io.tidemark.catalog.contract;

import java.io.Serializable;
import org.apache.iceberg.types.Type;

/**
 * A measure of a unified table.
 *
 * @param name the column
 * @param type its Iceberg type
 * @param merge how contributions become one value
 */
public record Measure(String name, Type.PrimitiveType type, Merge merge) implements Serializable {

  public Measure {
    if (merge instanceof Merge.Sum && !isNumeric(type)) {
      throw new IllegalArgumentException(
          "Cannot sum measure %s: %s is not a numeric type".formatted(name, type));
    }
  }

  private static boolean isNumeric(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG, FLOAT, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }
}
