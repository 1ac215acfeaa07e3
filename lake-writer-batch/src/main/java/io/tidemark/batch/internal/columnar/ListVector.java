package io.tidemark.batch.internal.columnar;

import java.util.Arrays;

/** Holds lists: the elements of all of them in one vector, and where each list ends in it. */
public final class ListVector extends ColumnVector {

  private final ColumnVector elements;
  private int[] ends = new int[0];

  ListVector(ColumnVector elements) {
    this.elements = elements;
  }

  /** Returns the vector to append the elements of the next list to. */
  public ColumnVector elements() {
    return elements;
  }

  /** Appends the list of the elements that were appended since the last list ended. */
  public void endList() {
    int i = next();
    ends[i] = elements.size();
  }

  /** Returns the position in {@link #elements()} of a list's first element. */
  public int start(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  /** Returns the position in {@link #elements()} behind a list's last element. */
  public int end(int i) {
    return ends[i];
  }

  @Override
  public void clear() {
    super.clear();
    elements.clear();
  }

  @Override
  public long bytes() {
    return super.bytes() + elements.bytes() + (long) ends.length * Integer.BYTES;
  }

  @Override
  void nullAt(int i) {
    ends[i] = start(i);
  }

  @Override
  void reserve(int capacity) {
    if (ends.length < capacity) {
      ends = Arrays.copyOf(ends, capacity);
    }
  }
}
