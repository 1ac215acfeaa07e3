package io.tidemark.batch.internal.columnar;

/** Values that are whole numbers, as Parquet orders them. */
public abstract sealed class NumberVector extends ColumnVector permits IntVector, LongVector {

  NumberVector() {}

  /** Returns the value at a position, from 0; of a null, any. */
  abstract long number(int i);

  /** Appends the values between two positions to a page, without the nulls. */
  final void plain(int from, int to, PageBuffer out) {
    int i = from;
    while (i < to) {
      int end = endOfRun(i, to);
      plainRun(i, end, out);
      i = end + 1;
    }
  }

  /** Appends values none of which is null. */
  abstract void plainRun(int from, int to, PageBuffer out);
}
