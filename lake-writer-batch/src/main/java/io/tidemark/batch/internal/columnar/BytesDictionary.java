package io.tidemark.batch.internal.columnar;

import java.util.Arrays;

/** The distinct byte strings of a column. */
final class BytesDictionary extends ValueDictionary {

  private static final int FIRST_VALUES = 1 << 7;

  /** What a value takes beside its bytes and its slot: where it ends, its hash, two words. */
  private static final int VALUE_OVERHEAD = 2 * Integer.BYTES + 2 * Long.BYTES;

  /** Up to so many bytes, the first eight and the last eight are all of a value. */
  private static final int TWO_WORDS = 2 * Long.BYTES;

  private final PageBuffer plain = new PageBuffer();
  private int[] ends = new int[FIRST_VALUES];
  private int[] hashes = new int[FIRST_VALUES];

  /** By id, the first eight and the last eight bytes, next to each other as they are compared. */
  private long[] words = new long[2 * FIRST_VALUES];

  BytesDictionary(int limit) {
    super(limit);
  }

  @Override
  int encode(ColumnVector vector, int from, int to, Ids ids, Bounds bounds) {
    BytesVector values = (BytesVector) vector;
    byte[] data = values.data();
    int start = values.start(from);
    for (int i = from; i < to; i++) {
      int end = values.end(i);
      if (!values.isNull(i)) {
        if (isFull()) {
          return i;
        }
        if (ids.add(id(data, start, end))) {
          bounds.add(vector, i, i + 1);
        }
      }
      start = end;
    }
    return to;
  }

  private int id(byte[] data, int start, int end) {
    int mask = slots() - 1;
    long prefix = BytesKey.prefix(data, start, end);
    long suffix = BytesKey.suffix(data, start, end);
    int hash = BytesKey.hash(prefix, suffix, data, start, end);
    int slot = hash & mask;
    for (int found = at(slot); found != FREE; found = at(slot)) {
      int id = found - 1;
      if (words[2 * id] == prefix && words[2 * id + 1] == suffix && equals(id, data, start, end)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    return add(data, start, end, hash, slot);
  }

  /** Compares with a value whose first and last bytes are the same. */
  private boolean equals(int id, byte[] data, int start, int end) {
    return end - start <= TWO_WORDS
        ? end - start == ends[id] - start(id)
        : plain.equals(start(id), ends[id], data, start, end);
  }

  private int add(byte[] data, int start, int end, int hash, int slot) {
    int id = size();
    if (id == ends.length) {
      ends = Arrays.copyOf(ends, id * 2);
      hashes = Arrays.copyOf(hashes, id * 2);
      words = Arrays.copyOf(words, id * 4);
    }
    plain.putSized(data, start, end - start);
    ends[id] = plain.size();
    hashes[id] = hash;
    words[2 * id] = BytesKey.prefix(data, start, end);
    words[2 * id + 1] = BytesKey.suffix(data, start, end);
    return take(slot);
  }

  private int start(int id) {
    return (id == 0 ? 0 : ends[id - 1]) + Integer.BYTES;
  }

  @Override
  long capacity() {
    return super.capacity() + (long) ends.length * VALUE_OVERHEAD;
  }

  @Override
  PageBuffer values() {
    return plain;
  }

  @Override
  int hash(int id) {
    return hashes[id];
  }
}
