package io.tidemark.benchmarks.source;

/** A generator of rows; the same rows each time, of one thread at a time. */
interface RowSource {
  /** Sets every column of the batch's next row, without ending it. */
  void next(ColumnBatch into);
}
