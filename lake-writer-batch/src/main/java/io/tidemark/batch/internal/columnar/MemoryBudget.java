package io.tidemark.batch.internal.columnar;

/** How many bytes the open partitions of a writer hold together, and how many they may. */
final class MemoryBudget {

  private final long limit;
  private long held;

  MemoryBudget(long limit) {
    this.limit = limit;
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
