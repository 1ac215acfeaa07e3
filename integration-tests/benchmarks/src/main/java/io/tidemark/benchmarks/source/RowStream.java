package io.tidemark.benchmarks.source;

import java.util.List;

/** A share of a table's rows, batch by batch. */
public final class RowStream {
  private final RowSource source;
  private final ColumnBatch batch;
  private long left;

  RowStream(List<Column> columns, RowSource source, long rows, int batchRows) {
    this.source = source;
    this.left = rows;
    this.batch = new ColumnBatch(columns, (int) Math.min(batchRows, Math.max(rows, 1)));
  }

  /** Returns the next rows, or none at the end. The batch is valid until the next call. */
  public ColumnBatch next() {
    batch.clear();
    while (left > 0 && !batch.isFull()) {
      source.next(batch);
      batch.endRow();
      left--;
    }
    return batch;
  }
}
