package io.tidemark.batch.internal.columnar;

import org.apache.parquet.column.statistics.Statistics;

/** The least and the greatest value of a page. */
abstract sealed class Bounds permits NumberBounds, BytesBounds {

  abstract void add(ColumnVector vector, int from, int to);

  /** Tells statistics that are still empty, and begins anew. */
  abstract void moveTo(Statistics<?> statistics);
}
