package io.tidemark.batch.internal.seal;

import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.table.data.RowData;

/**
 * Chooses the writer of a row, so that a window has few files: windows go round the writers, and
 * only where there are more writers than windows several share one. Rows of one period and key
 * always meet.
 */
final class WriterChoice implements KeySelector<RowData, Integer> {

  private static final long serialVersionUID = 1L;

  private final RowOrder order;
  private final WindowIndex windows;
  private final int perWindow;

  WriterChoice(RowLayout layout, WindowIndex windows, int writers) {
    this.order = new RowOrder(layout);
    this.windows = windows;
    this.perWindow = Math.max(1, writers / windows.size());
  }

  @Override
  public Integer getKey(RowData row) {
    int window = row.isNullAt(0) ? 0 : Math.max(0, windows.find(Periods.micros(row)));
    return window * perWindow + Math.floorMod(spread(order.hash(row)), perWindow);
  }

  /** Neighbouring hashes must not all fall on one writer. */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }

  /** Takes a number as the writer's, round and round. */
  static final class RoundRobin implements Partitioner<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public int partition(Integer number, int writers) {
      return number % writers;
    }
  }
}
