package io.tidemark.catalog.contract;

import java.io.Serializable;
import org.apache.iceberg.types.Types;

/**
 * The period column.
 *
 * @param column its name
 * @param grain the length of a period
 * @param type {@code timestamptz}, or {@code timestamp}, whose values are taken as UTC
 */
public record Period(String column, Grain grain, Types.TimestampType type) implements Serializable {

  /** Shows the period for a message: {@code hour timestamptz by hour}. */
  @Override
  public String toString() {
    return "%s %s by %s".formatted(column, type, grain);
  }
}
