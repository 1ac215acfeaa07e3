package io.tidemark.catalog.contract;

import java.io.Serializable;
import org.apache.iceberg.types.Type;

/**
 * A key column: together with the period the keys name one row of a closed window.
 *
 * @param name the column
 * @param type its Iceberg type; floating point numbers are no keys
 */
public record Key(String name, Type.PrimitiveType type) implements Serializable {

  public Key {
    if (type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE) {
      throw new IllegalArgumentException(
          "Cannot take %s as a key: %s has no exact equality".formatted(name, type));
    }
  }

  /** Shows the key for a message: {@code campaign_id long}. */
  @Override
  public String toString() {
    return name + " " + type;
  }
}
