package io.tidemark.batch.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.batch.internal.postgres.PostgresTable.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranges hold every page once. */
class CopyRangesTest {

  private static final long PAGE = 8_192;
  private static final long MEBI = 1 << 20;

  @Test
  void rangesFollowUponEachOtherFromTheFirstPageToNoEnd() {
    Random random = new Random(42);
    for (int i = 0; i < 2_000; i++) {
      // Given
      Leaf leaf = leaf(Math.abs(random.nextLong()) >> (32 + random.nextInt(31)));
      long target = 1 + (Math.abs(random.nextLong()) >> random.nextInt(30)) / 4_096;
      long atLeast = Math.max(target, leaf.bytes() / 500);

      // When
      List<CopyRange> ranges = CopyRanges.of(table(leaf), atLeast, 1 + random.nextInt(64));

      // Then
      assertThat(ranges.get(0).fromPage()).isZero();
      assertThat(ranges.get(ranges.size() - 1).toPage()).isEqualTo(CopyRange.OPEN);
      for (int r = 1; r < ranges.size(); r++) {
        assertThat(ranges.get(r).fromPage())
            .isEqualTo(ranges.get(r - 1).toPage())
            .isGreaterThan(ranges.get(r - 1).fromPage());
      }
    }
  }

  @Test
  void aRangeIsAboutAsLargeAsAsked() {
    // When
    List<CopyRange> ranges = CopyRanges.of(table(leaf(128_000)), 64 * MEBI, 2);

    // Then
    assertThat(ranges).hasSize(16).allMatch(range -> range.bytes() <= 64 * MEBI);
  }

  @Test
  void everyReaderGetsSomethingOfABigTableAndOneAllOfASmallOne() {
    // When
    int big = CopyRanges.of(table(leaf(6_400)), 64 * MEBI, 8).size();
    int small = CopyRanges.of(table(leaf(100)), 64 * MEBI, 8).size();

    // Then
    assertThat(List.of(big, small)).containsExactly(8, 1);
  }

  @Test
  void whatHasNoPagesIsReadAtOnce() {
    // When
    List<CopyRange> ranges =
        CopyRanges.of(table(leaf(0), new Leaf("s", "view", true, 0, 640 * MEBI, null)), MEBI, 8);

    // Then
    assertThat(ranges).allMatch(range -> range.conditions().isEmpty()).hasSize(2);
  }

  @Test
  void aFewPagesWithMuchStoredOutOfLineAreCutByTheirBytes() {
    // When
    List<CopyRange> ranges =
        CopyRanges.of(table(new Leaf("s", "toasted", true, 3, 640 * MEBI, null)), 64 * MEBI, 2);

    // Then
    assertThat(ranges).extracting(CopyRange::fromPage).containsExactly(0L, 1L, 2L);
  }

  @Test
  void whatIsBesideSomeRangesIsCutAnew() {
    // Given
    Leaf leaf = leaf(1_000);
    Leaf grown = new Leaf("s", "t2", true, 20, 20 * PAGE, null);
    List<CopyRange> beside =
        List.of(
            CopyRange.of(leaf, 500, CopyRange.OPEN),
            CopyRange.of(leaf, 100, 200),
            CopyRange.of(grown, 0, 10));

    // When
    List<CopyRange> ranges = CopyRanges.of(table(leaf, grown), beside, MEBI, 1);

    // Then
    assertThat(ranges)
        .extracting(range -> range.leaf().name(), CopyRange::fromPage, CopyRange::toPage)
        .startsWith(tuple("t", 0L, 100L), tuple("t", 200L, 300L))
        .endsWith(tuple("t", 400L, 500L), tuple("t2", 10L, CopyRange.OPEN));
  }

  private static Leaf leaf(long pages) {
    return new Leaf("s", "t", true, pages, pages * PAGE, null);
  }

  private static PostgresTable table(Leaf... leaves) {
    return new PostgresTable("s", "t", Kind.ORDINARY, List.of(), List.of(), -1, List.of(leaves));
  }
}
