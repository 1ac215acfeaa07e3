package io.tidemark.batch.internal.columnar;

import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;

/**
 * Holds 64-bit integers, times (microseconds of the day), timestamps (microseconds since
 * 1970-01-01T00:00 UTC), and decimals of 10 to 18 digits (unscaled).
 */
public final class LongVector extends NumberVector {

  private long[] values = new long[0];

  /** Appends a value. */
  public void append(long value) {
    int i = next();
    values[i] = value;
  }

  /** Returns the value at a position, from 0; of a null, any. */
  public long get(int i) {
    return values[i];
  }

  @Override
  public long bytes() {
    return super.bytes() + (long) values.length * Long.BYTES;
  }

  @Override
  void write(int from, int to, Levels levels, ColumnWriter out) {
    int repetition = levels.first();
    for (int i = from; i < to; i++) {
      if (isNull(i)) {
        out.writeNull(repetition, levels.definition() - 1);
      } else {
        out.write(values[i], repetition, levels.definition());
      }
      repetition = levels.next();
    }
  }

  @Override
  long number(int i) {
    return values[i];
  }

  @Override
  void plainRun(int from, int to, PageBuffer out) {
    out.put(values, from, to - from);
  }

  @Override
  int hash(int i) {
    return Long.hashCode(values[i]);
  }

  @Override
  void reserve(int capacity) {
    if (values.length < capacity) {
      values = Arrays.copyOf(values, capacity);
    }
  }
}
