package io.tidemark.batch.internal.postgres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Cuts a table into ranges that together hold every row once, however many pages it has by the time
 * they are read: the first range of a leaf begins at its first page, the last one has no end.
 */
final class CopyRanges {

  /** What is worth a range of its own, where there are readers to spare. */
  private static final long SMALLEST = 4L << 20;

  private CopyRanges() {}

  /**
   * Cuts a table.
   *
   * @param targetBytes about how much a range should hold at most
   * @param readers how many there will be; each should get something to read
   */
  static List<CopyRange> of(PostgresTable table, long targetBytes, int readers) {
    return of(table, List.of(), targetBytes, readers);
  }

  /**
   * Cuts what a table has beside some ranges of it.
   *
   * @param beside the ranges, of leaves of the table, which do not overlap
   * @param targetBytes about how much a range should hold at most
   * @param readers how many there will be; each should get something to read
   */
  static List<CopyRange> of(
      PostgresTable table, List<CopyRange> beside, long targetBytes, int readers) {
    long share = Math.max(SMALLEST, table.bytes() / readers);
    long bytes = Math.max(1, Math.min(targetBytes, share));
    return table.leaves().stream()
        .flatMap(leaf -> gaps(leaf, beside))
        .flatMap(gap -> cut(gap, bytes))
        .toList();
  }

  private static Stream<CopyRange> gaps(Leaf leaf, List<CopyRange> beside) {
    List<CopyRange> there =
        beside.stream()
            .filter(range -> range.leaf().equals(leaf))
            .sorted(Comparator.comparingLong(CopyRange::fromPage))
            .toList();
    if (there.isEmpty()) {
      return Stream.of(CopyRange.whole(leaf));
    }
    List<CopyRange> gaps = new ArrayList<>();
    long page = 0;
    for (CopyRange range : there) {
      if (page < range.fromPage()) {
        gaps.add(CopyRange.of(leaf, page, range.fromPage()));
      }
      page = range.toPage();
    }
    if (page != CopyRange.OPEN) {
      gaps.add(CopyRange.of(leaf, page, CopyRange.OPEN));
    }
    return gaps.stream();
  }

  private static Stream<CopyRange> cut(CopyRange gap, long bytes) {
    long pages = Math.min(gap.toPage(), gap.leaf().pages()) - gap.fromPage();
    long parts = Math.min(pages, (gap.bytes() + bytes - 1) / bytes);
    if (parts <= 1) {
      return Stream.of(gap);
    }
    return LongStream.range(0, parts)
        .mapToObj(
            i ->
                new CopyRange(
                    gap.leaf(),
                    gap.fromPage() + pages * i / parts,
                    i == parts - 1 ? gap.toPage() : gap.fromPage() + pages * (i + 1) / parts,
                    gap.bytes() / parts));
  }
}
