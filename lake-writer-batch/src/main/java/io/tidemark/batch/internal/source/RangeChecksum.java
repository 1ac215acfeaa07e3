package io.tidemark.batch.internal.source;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the rows of a range, or of many, come to column by column: for telling whether what was
 * written is what was read. Values that change places within a column leave it as it was; whether
 * rows have changed is told by {@link SourceSession#isUnchanged}.
 *
 * @param rows how many there are
 * @param columns the columns of the query, in their order
 */
public record RangeChecksum(long rows, List<ColumnChecksum> columns) implements Serializable {

  public RangeChecksum {
    columns = List.copyOf(columns);
  }

  /** Returns what the rows of this range and another one come to together. */
  public RangeChecksum plus(RangeChecksum other) {
    return new RangeChecksum(
        rows + other.rows,
        IntStream.range(0, columns.size())
            .mapToObj(i -> columns.get(i).plus(other.columns.get(i)))
            .toList());
  }
}
