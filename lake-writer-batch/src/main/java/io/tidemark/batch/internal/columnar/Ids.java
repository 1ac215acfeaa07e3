package io.tidemark.batch.internal.columnar;

import static io.tidemark.batch.internal.columnar.PageBuffer.GROUP;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/** The values of a page as ids of a dictionary. */
final class Ids {

  private static final int FIRST_IDS = 1 << 8;

  /** Their number then takes a byte. */
  private static final int MOST_GROUPS = 63;

  private final PageBuffer encoded = new PageBuffer();

  /** There is room for a whole group behind the last one. */
  private int[] ids = new int[FIRST_IDS];

  private int size;

  /** By id, the last page that had it; pages count from 1. */
  private int[] pages = new int[FIRST_IDS];

  private int page = 1;

  /** Appends an id, and says whether it is the first of its kind in the page. */
  boolean add(int id) {
    if (size + GROUP > ids.length) {
      ids = Arrays.copyOf(ids, ids.length * 2);
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
    return (long) (ids.length + pages.length) * Integer.BYTES + encoded.capacity();
  }

  void clear() {
    size = 0;
    page++;
  }

  /**
   * Returns the ids in as few bits each as they need, with the number of bits before them: runs of
   * one id, and between them groups of eight. Valid until the next call.
   *
   * @param distinct how many ids there are
   */
  BytesInput toInput(int distinct) throws IOException {
    int bits = BytesUtils.getWidthFromMaxInt(distinct - 1);
    BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(bits);
    encoded.clear();
    encoded.write(bits);
    int from = 0;
    while (from < size) {
      int end = endOfRun(from);
      if (end - from >= GROUP) {
        BytesUtils.writeUnsignedVarInt(end - from << 1, encoded);
        BytesUtils.writeIntLittleEndianPaddedOnBitWidth(encoded, ids[from], bits);
      } else {
        int groups = groups(from);
        BytesUtils.writeUnsignedVarInt(groups << 1 | 1, encoded);
        encoded.putGroups(packer, ids, from, groups);
        end = from + groups * GROUP;
      }
      from = end;
    }
    return encoded.toInput();
  }

  private int endOfRun(int from) {
    int end = from + 1;
    while (end < size && ids[end] == ids[from]) {
      end++;
    }
    return end;
  }

  /** Returns how many groups of eight come before the next run; the last one may not be full. */
  private int groups(int from) {
    int groups = 1;
    int next = from + GROUP;
    while (next < size && groups < MOST_GROUPS && !isRun(next)) {
      groups++;
      next += GROUP;
    }
    return groups;
  }

  private boolean isRun(int from) {
    return from + GROUP <= size && ids[from] == ids[from + 1] && endOfRun(from) - from >= GROUP;
  }
}
