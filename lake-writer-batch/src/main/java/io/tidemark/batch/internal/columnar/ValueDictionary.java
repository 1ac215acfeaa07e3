package io.tidemark.batch.internal.columnar;

import org.apache.parquet.bytes.BytesInput;

/** The distinct values of a column of a row group, numbered as they come. */
abstract sealed class ValueDictionary permits NumberDictionary, BytesDictionary {

  /** Marks a slot of a hash table that is free. */
  static final int FREE = 0;

  private static final int FIRST_SLOTS = 1 << 8;

  private final int limit;

  /** Where a value is found by its hash, a power of two of slots: its id plus 1. */
  private int[] slots = new int[FIRST_SLOTS];

  private int size;

  /**
   * @param limit how many bytes the values may come to
   */
  ValueDictionary(int limit) {
    this.limit = limit;
  }

  /**
   * Appends the ids of values, without the nulls.
   *
   * @param bounds is told of each value that is new in its page
   * @return the position of the first value that has no place any more, or where the values end
   */
  abstract int encode(ColumnVector vector, int from, int to, Ids ids, Bounds bounds);

  /** Returns the values in Parquet's plain encoding. */
  abstract PageBuffer values();

  abstract int hash(int id);

  final BytesInput toInput() {
    return values().toInput();
  }

  final int size() {
    return size;
  }

  /** Returns how many bytes its arrays take. */
  long capacity() {
    return values().capacity() + (long) slots.length * Integer.BYTES;
  }

  final boolean isFull() {
    return values().size() > limit;
  }

  final int slots() {
    return slots.length;
  }

  /** Returns what a slot holds, an id plus 1 or {@link #FREE}. */
  final int at(int slot) {
    return slots[slot];
  }

  /** Takes a slot that is free, and returns the new id. */
  final int take(int slot) {
    slots[slot] = ++size;
    if (size * 2 > slots.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = hash(id) & mask;
      while (slots[slot] != FREE) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id + 1;
    }
  }
}
