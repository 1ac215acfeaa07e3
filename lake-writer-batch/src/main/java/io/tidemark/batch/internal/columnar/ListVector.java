package io.tidemark.batch.internal.columnar;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnWriter;

/** Holds lists: the elements of all of them in one vector, and where each list ends in it. */
public final class ListVector extends ColumnVector {

  private final ColumnVector elements;
  private final boolean optionalElements;
  private int[] ends = new int[0];

  ListVector(ColumnVector elements, boolean optionalElements) {
    this.elements = elements;
    this.optionalElements = optionalElements;
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
  void write(int from, int to, Levels levels, ColumnWriter out) {
    if (!optionalElements && elements.hasNulls()) {
      throw new IllegalArgumentException("Cannot write a null: elements of the list are required");
    }
    int repetition = levels.first();
    for (int i = from; i < to; i++) {
      if (isNull(i)) {
        out.writeNull(repetition, levels.definition() - 1);
      } else if (start(i) == end(i)) {
        out.writeNull(repetition, levels.definition());
      } else {
        elements.write(start(i), end(i), levels.ofElements(repetition, optionalElements), out);
      }
      repetition = levels.next();
    }
  }

  @Override
  int hash(int i) {
    return IntStream.range(start(i), end(i)).map(elements::hash).reduce(0, (a, b) -> 31 * a + b);
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
