package io.tidemark.batch.internal.columnar;

import org.apache.parquet.column.statistics.Statistics;

/** The least and the greatest number of a page. */
final class NumberBounds extends Bounds {

  private final boolean wide;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;

  /**
   * @param wide whether the numbers have 64 bits, and not 32
   */
  NumberBounds(boolean wide) {
    this.wide = wide;
  }

  @Override
  void add(ColumnVector vector, int from, int to) {
    NumberVector numbers = (NumberVector) vector;
    long min = least;
    long max = greatest;
    for (int i = from; i < to; i++) {
      if (!numbers.isNull(i)) {
        long number = numbers.number(i);
        min = Math.min(min, number);
        max = Math.max(max, number);
      }
    }
    least = min;
    greatest = max;
  }

  @Override
  void moveTo(Statistics<?> statistics) {
    if (least <= greatest) {
      update(statistics, least);
      update(statistics, greatest);
    }
    least = Long.MAX_VALUE;
    greatest = Long.MIN_VALUE;
  }

  private void update(Statistics<?> statistics, long number) {
    if (wide) {
      statistics.updateStats(number);
    } else {
      statistics.updateStats((int) number);
    }
  }
}
