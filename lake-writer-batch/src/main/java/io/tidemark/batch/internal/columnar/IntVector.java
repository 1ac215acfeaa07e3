package io.tidemark.batch.internal.columnar;

import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;

/**
 * Holds 32-bit integers, dates (days since 1970-01-01), and decimals of up to 9 digits (unscaled).
 */
public final class IntVector extends NumberVector {

  private int[] values = new int[0];

  /** Appends a value. */
  public void append(int value) {
    int i = next();
    values[i] = value;
  }

  /** Returns the value at a position, from 0; of a null, any. */
  public int get(int i) {
    return values[i];
  }

  @Override
  public long bytes() {
    return super.bytes() + (long) values.length * Integer.BYTES;
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
    return values[i];
  }

  @Override
  void reserve(int capacity) {
    if (values.length < capacity) {
      values = Arrays.copyOf(values, capacity);
    }
  }
}
