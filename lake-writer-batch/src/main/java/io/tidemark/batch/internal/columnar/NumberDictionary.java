package io.tidemark.batch.internal.columnar;

import java.util.Arrays;

/** The distinct numbers of a column. */
final class NumberDictionary extends ValueDictionary {

  private static final int FIRST_VALUES = 1 << 7;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final boolean wide;
  private final PageBuffer plain = new PageBuffer();
  private long[] values = new long[FIRST_VALUES];

  NumberDictionary(int limit, boolean wide) {
    super(limit);
    this.wide = wide;
  }

  @Override
  int encode(ColumnVector vector, int from, int to, Ids ids, Bounds bounds) {
    NumberVector numbers = (NumberVector) vector;
    for (int i = from; i < to; i++) {
      if (!numbers.isNull(i)) {
        if (isFull()) {
          return i;
        }
        if (ids.add(id(numbers.number(i)))) {
          bounds.add(vector, i, i + 1);
        }
      }
    }
    return to;
  }

  private int id(long value) {
    int mask = slots() - 1;
    int slot = hash(value) & mask;
    for (int found = at(slot); found != FREE; found = at(slot)) {
      if (values[found - 1] == value) {
        return found - 1;
      }
      slot = (slot + 1) & mask;
    }
    return add(value, slot);
  }

  private int add(long value, int slot) {
    int id = size();
    if (id == values.length) {
      values = Arrays.copyOf(values, id * 2);
    }
    values[id] = value;
    if (wide) {
      plain.put(values, id, 1);
    } else {
      plain.put((int) value);
    }
    return take(slot);
  }

  @Override
  long capacity() {
    return super.capacity() + (long) values.length * Long.BYTES;
  }

  @Override
  PageBuffer values() {
    return plain;
  }

  @Override
  int hash(int id) {
    return hash(values[id]);
  }

  private static int hash(long value) {
    return (int) ((value * SPREAD) >>> Integer.SIZE);
  }
}
