package io.tidemark.batch.internal.columnar;

import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;

/** Holds 32-bit floating point numbers. */
public final class FloatVector extends ColumnVector {

  private float[] values = new float[0];

  /** Appends a value. */
  public void append(float value) {
    int i = next();
    values[i] = value;
  }

  /** Returns the value at a position, from 0; of a null, any. */
  public float get(int i) {
    return values[i];
  }

  @Override
  public long bytes() {
    return super.bytes() + (long) values.length * Float.BYTES;
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
  int hash(int i) {
    return Float.hashCode(values[i]);
  }

  @Override
  void reserve(int capacity) {
    if (values.length < capacity) {
      values = Arrays.copyOf(values, capacity);
    }
  }
}
