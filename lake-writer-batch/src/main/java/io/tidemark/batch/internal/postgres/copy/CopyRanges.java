package io.tidemark.batch.internal.postgres.copy;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Cuts a table into ranges that together hold every row once, however many pages it has by the time
 * they are read: the first range of a leaf begins at its first page, the last one has no end.
 */
public final class CopyRanges {

  /** What is worth a range of its own, where there are readers to spare. */
  private static final long SMALLEST = 4L << 20;

  private CopyRanges() {}

  /**
   * Cuts a table.
   *
   * @param targetBytes about how much a range should hold at most
   * @param readers how many there will be; each should get something to read
   */
  public static List<CopyRange> of(PostgresTable table, long targetBytes, int readers) {
    long share = Math.max(SMALLEST, table.bytes() / readers);
    long bytes = Math.max(1, Math.min(targetBytes, share));
    return table.leaves().stream().flatMap(leaf -> cut(leaf, bytes)).toList();
  }

  private static Stream<CopyRange> cut(Leaf leaf, long bytes) {
    long parts = Math.min(leaf.pages(), (leaf.bytes() + bytes - 1) / bytes);
    if (parts <= 1) {
      return Stream.of(CopyRange.whole(leaf));
    }
    return LongStream.range(0, parts)
        .mapToObj(
            i ->
                new CopyRange(
                    leaf,
                    edge(leaf, i, parts),
                    i == parts - 1 ? CopyRange.OPEN : edge(leaf, i + 1, parts),
                    leaf.bytes() / parts));
  }

  private static long edge(Leaf leaf, long i, long parts) {
    return leaf.pages() * i / parts;
  }
}
