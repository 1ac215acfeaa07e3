package io.tidemark.batch.internal.columnar;

import io.tidemark.catalog.InvalidRequestException;

/** How many bytes the open partitions of a writer hold together, and how many they may. */
final class MemoryBudget {

  /** A value is in a vector, in a page and in statistics at one time. */
  private static final int COPIES = 3;

  /** The part of the memory that pages in the making may take, in all partitions. */
  private static final int SHARE_OF_PAGES = 4;

  /** The part of the memory that may be taken without being counted, in all partitions. */
  private static final int SHARE_UNCOUNTED = 8;

  private static final long MOST_UNCOUNTED = 1 << 20;

  private final long limit;
  private long held;
  private int partitions;

  MemoryBudget(long limit) {
    this.limit = limit;
  }

  /**
   * Checks that a row may be taken in.
   *
   * @throws InvalidRequestException if it is too large
   */
  void check(int bytes) {
    if (bytes > limit / COPIES) {
      throw new InvalidRequestException(
          "Cannot write a row of %d MB: in the heap of this process a row may have %d MB. Give it more, or exclude or shorten the column"
              .formatted(bytes >> 20, (limit / COPIES) >> 20));
    }
  }

  /** Counts a partition that shares the memory from now on. */
  void open() {
    partitions++;
  }

  /** Returns how many bytes a partition's pages in the making may take. */
  long ofPages() {
    return limit / SHARE_OF_PAGES / Math.max(1, partitions);
  }

  /** Returns how many bytes a partition may take in before they are counted. */
  long uncounted() {
    return Math.min(MOST_UNCOUNTED, limit / SHARE_UNCOUNTED / Math.max(1, partitions));
  }

  void change(long bytes) {
    held += bytes;
  }

  boolean isExceeded() {
    return held > limit;
  }

  /** Says whether there is room enough that partitions are not relieved again at once. */
  boolean isRoomy() {
    return held <= limit / 4 * 3;
  }
}
