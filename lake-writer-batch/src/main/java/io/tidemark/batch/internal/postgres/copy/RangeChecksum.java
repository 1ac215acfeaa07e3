package io.tidemark.batch.internal.postgres.copy;

import java.io.Serializable;
import java.util.List;

/**
 * What the rows of a range, or of many, come to. A range whose checksum is what it was holds the
 * same rows, as far as 64 bits can tell.
 *
 * @param rows how many there are
 * @param columns the columns of the query, in their order
 */
public record RangeChecksum(long rows, List<ColumnChecksum> columns) implements Serializable {

  public RangeChecksum {
    columns = List.copyOf(columns);
  }
}
