package io.tidemark.batch.internal.columnar;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/** The values of a page as ids of a dictionary. */
final class Ids {

  private static final int FIRST_IDS = 1 << 8;
  private static final int FIRST_BYTES = 1 << 10;
  private static final int MAX_SLAB = 1 << 20;

  private int[] ids = new int[FIRST_IDS];
  private int size;

  /** By id, the last page that had it; pages count from 1. */
  private int[] pages = new int[FIRST_IDS];

  private int page = 1;

  /** Appends an id, and says whether it is the first of its kind in the page. */
  boolean add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = id;
    if (id >= pages.length) {
      pages = Arrays.copyOf(pages, id * 2);
    }
    boolean first = pages[id] != page;
    pages[id] = page;
    return first;
  }

  int size() {
    return size;
  }

  long capacity() {
    return (long) (ids.length + pages.length) * Integer.BYTES;
  }

  void clear() {
    size = 0;
    page++;
  }

  /**
   * Returns the ids in as few bits each as they need, with the number of bits before them.
   *
   * @param distinct how many ids there are
   */
  BytesInput toInput(int distinct) throws IOException {
    int bits = BytesUtils.getWidthFromMaxInt(distinct - 1);
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            bits, FIRST_BYTES, MAX_SLAB, HeapByteBufferAllocator.getInstance())) {
      for (int i = 0; i < size; i++) {
        encoder.writeInt(ids[i]);
      }
      return BytesInput.copy(
          BytesInput.concat(BytesInput.from(new byte[] {(byte) bits}), encoder.toBytes()));
    }
  }
}
