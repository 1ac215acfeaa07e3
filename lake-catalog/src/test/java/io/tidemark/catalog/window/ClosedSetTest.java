package io.tidemark.catalog.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClosedSetTest {

  private static final Instant ORIGIN = Instant.parse("2026-11-20T00:00:00Z");

  @Test
  void neighboursOfOneVersionAreOneRange() {
    ClosedSet set = ClosedSet.empty().seal(day(0), "a").seal(day(1), "b").seal(day(2), "c");

    assertThat(set.ranges()).hasSize(1);
    assertThat(set.boundary(ORIGIN)).isEqualTo(day(2).hi());
  }

  @Test
  void joinedRangeKnowsWhichWindowsItsLastRunSealed() {
    ClosedSet set = ClosedSet.empty().seal(day(0), "a").seal(day(1), "b");

    assertThat(set.find(day(1)).orElseThrow().sealedBy("b", day(1))).isTrue();
    assertThat(set.find(day(0)).orElseThrow().sealedBy("b", day(0))).isFalse();
    assertThat(set.find(day(0)).orElseThrow().sealedBy("a", day(0))).isFalse();
  }

  @Test
  void oneRunOverSeveralWindowsIsKnownForAllOfThem() {
    ClosedSet set = ClosedSet.empty().seal(day(0), "a").seal(day(1), "b").seal(day(2), "b");

    assertThat(set.find(day(1)).orElseThrow().sealedBy("b", day(1))).isTrue();
    assertThat(set.find(day(2)).orElseThrow().sealedBy("b", day(2))).isTrue();
  }

  @Test
  void resealRaisesTheVersionOfItsWindowOnly() {
    ClosedSet set =
        ClosedSet.empty().seal(day(0), "a").seal(day(1), "b").seal(day(2), "c").seal(day(1), "d");

    assertThat(set.version(day(0))).isEqualTo(1);
    assertThat(set.version(day(1))).isEqualTo(2);
    assertThat(set.version(day(2))).isEqualTo(1);
    assertThat(set.ranges()).hasSize(3);
    assertThat(set.boundary(ORIGIN)).isEqualTo(day(2).hi());
  }

  @Test
  void coarserSetClosesTheSameWindowsAndLowersNoVersion() {
    ClosedSet set =
        ClosedSet.empty().seal(day(0), "a").seal(day(1), "b").seal(day(1), "c").seal(day(3), "d");

    ClosedSet coarser = set.coarser().orElseThrow();

    assertThat(coarser.ranges())
        .extracting(ClosedRange::range)
        .containsExactly(new Window(day(0).lo(), day(1).hi()), day(3));
    assertThat(coarser.version(day(0))).isEqualTo(2);
    assertThat(coarser.version(day(1))).isEqualTo(2);
    assertThat(coarser.version(day(3))).isEqualTo(1);
    assertThat(coarser.coarser()).isEmpty();
  }

  @Test
  void coarserSetKnowsNoMoreThanWhatItsLastRunSealed() {
    ClosedSet set = ClosedSet.empty().seal(day(0), "a").seal(day(1), "b").seal(day(1), "c");

    ClosedRange joined = set.coarser().orElseThrow().ranges().get(0);

    assertThat(joined.sealedBy("c", day(1))).isTrue();
    assertThat(joined.sealedBy("c", day(0))).isFalse();
  }

  @Test
  void windowClosedOutOfOrderIsAnIslandBehindAHole() {
    ClosedSet set = ClosedSet.empty().seal(day(0), "a").seal(day(3), "b");

    assertThat(set.boundary(ORIGIN)).isEqualTo(day(0).hi());
    assertThat(set.islands(ORIGIN)).extracting(ClosedRange::range).containsExactly(day(3));
    assertThat(set.holes(ORIGIN)).containsExactly(new Window(day(1).lo(), day(2).hi()));
    assertThat(set.isClosed(day(1))).isFalse();
  }

  @Test
  void boundaryJumpsOverAnIslandOnceItsHoleIsFilled() {
    ClosedSet set = ClosedSet.empty().seal(day(0), "a").seal(day(2), "b").seal(day(1), "c");

    assertThat(set.boundary(ORIGIN)).isEqualTo(day(2).hi());
    assertThat(set.islands(ORIGIN)).isEmpty();
    assertThat(set.holes(ORIGIN)).isEmpty();
  }

  @Test
  void boundaryOfASetThatDoesNotBeginAtTheOriginIsTheOrigin() {
    assertThat(ClosedSet.empty().seal(day(1), "a").boundary(ORIGIN)).isEqualTo(ORIGIN);
  }

  @Test
  void rangeIsOpenedInItsMiddle() {
    ClosedSet set = ClosedSet.empty().seal(day(0), "a").seal(day(1), "b").seal(day(2), "c");

    ClosedSet opened = set.without(day(1));

    assertThat(opened.isClosed(day(0))).isTrue();
    assertThat(opened.isClosed(day(1))).isFalse();
    assertThat(opened.isClosed(day(2))).isTrue();
    assertThat(opened.boundary(ORIGIN)).isEqualTo(day(0).hi());
  }

  @Test
  void firstOpenPartOfARangeIsFound() {
    ClosedSet set = ClosedSet.empty().seal(day(0), "a").seal(day(2), "b");

    assertThat(set.firstOpen(new Window(day(0).lo(), day(3).hi()))).contains(day(1));
    assertThat(set.firstOpen(day(0))).isEmpty();
    assertThat(set.firstOpen(new Window(day(2).lo(), day(3).hi()))).contains(day(3));
  }

  private static Window day(int index) {
    Instant lo = ORIGIN.plusSeconds(86_400L * index);
    return new Window(lo, lo.plusSeconds(86_400));
  }
}
