package io.tidemark.batch.internal.upsert;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Keys as their 128 bits, in one share of all keys: open addressing without an object for a key.
 * Many threads may look keys up while none adds any.
 */
final class KeySet {

  private static final int BYTES_PER_SLOT = 2 * Long.BYTES;
  private static final int SMALLEST = 16;
  private static final int LARGEST = 1 << 29;

  private final int share;
  private final int shares;
  private long[] slots;
  private int size;
  private boolean hasZero;

  private KeySet(int share, int shares, int capacity) {
    this.share = share;
    this.shares = shares;
    this.slots = new long[2 * capacity];
  }

  /**
   * Returns empty sets that take a share each of all keys, as few as fit into memory one at a time.
   *
   * @param keys how many keys there are
   * @param memory how many bytes one set may take
   */
  static List<Supplier<KeySet>> shares(long keys, long memory) {
    long fitting =
        Math.min(LARGEST, Math.max(SMALLEST, Long.highestOneBit(memory / BYTES_PER_SLOT)));
    int shares = Math.toIntExact(Math.max(1, (keys + filling(fitting) - 1) / filling(fitting)));
    int capacity = SMALLEST;
    while (filling(capacity) < keys / shares && capacity < fitting) {
      capacity *= 2;
    }
    int slots = capacity;
    return IntStream.range(0, shares)
        .<Supplier<KeySet>>mapToObj(share -> () -> new KeySet(share, shares, slots))
        .toList();
  }

  /** No share has exactly its part of the keys, and one that is half full grows. */
  private static long filling(long capacity) {
    return capacity / 2 - capacity / 16;
  }

  /** Tells whether a key belongs to this share. */
  boolean takes(long high, long low) {
    return shares == 1 || Long.remainderUnsigned(mix(high, low) >>> 32, shares) == share;
  }

  /**
   * Adds a key of this share.
   *
   * @return whether it was not there
   */
  boolean add(long high, long low) {
    if ((high | low) == 0) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    int slot = find(high, low);
    if (slots[slot] == high && slots[slot + 1] == low) {
      return false;
    }
    slots[slot] = high;
    slots[slot + 1] = low;
    size++;
    if (2 * size > slots.length / 2) {
      grow();
    }
    return true;
  }

  boolean contains(long high, long low) {
    if ((high | low) == 0) {
      return hasZero;
    }
    int slot = find(high, low);
    return slots[slot] == high && slots[slot + 1] == low;
  }

  /** Returns where a key is, or the empty slot where it would be. */
  private int find(long high, long low) {
    int mask = slots.length / 2 - 1;
    int slot = (int) mix(high, low) & mask;
    while (true) {
      int at = 2 * slot;
      if ((slots[at] == high && slots[at + 1] == low) || (slots[at] | slots[at + 1]) == 0) {
        return at;
      }
      slot = (slot + 1) & mask;
    }
  }

  private void grow() {
    if (slots.length >= 2 * LARGEST) {
      throw new IllegalStateException("A share of the keys is larger than expected: " + size);
    }
    long[] before = slots;
    slots = new long[2 * before.length];
    for (int i = 0; i < before.length; i += 2) {
      if ((before[i] | before[i + 1]) != 0) {
        int slot = find(before[i], before[i + 1]);
        slots[slot] = before[i];
        slots[slot + 1] = before[i + 1];
      }
    }
  }

  /** Numbers that follow each other are scattered. */
  private static long mix(long high, long low) {
    long mixed = low + 0x9E3779B97F4A7C15L * (high + 1);
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
