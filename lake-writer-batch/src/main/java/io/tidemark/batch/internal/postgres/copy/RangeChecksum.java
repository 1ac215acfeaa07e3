package io.tidemark.batch.internal.postgres.copy;

import java.io.Serializable;
import java.util.List;

/**
 * What the rows of a range, or of many, come to column by column: for telling whether what was
 * written is what was read. Values that change places within a column leave it as it was; whether
 * rows have changed is told by {@link RangeVersions}.
 *
 * @param rows how many there are
 * @param columns the columns of the query, in their order
 */
public record RangeChecksum(long rows, List<ColumnChecksum> columns) implements Serializable {

  public RangeChecksum {
    columns = List.copyOf(columns);
  }
}
