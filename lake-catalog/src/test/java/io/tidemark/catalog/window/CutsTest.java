package io.tidemark.catalog.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CutsTest {

  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

  @Test
  void neighboursWithOneCutAreOneEntry() {
    Cuts cuts = Cuts.none().seal(day(1), "a").seal(day(2), "a").seal(day(3), "b");

    assertThat(cuts.entries())
        .containsExactly(new Cuts.Entry(day(1).span(day(2)), "a"), new Cuts.Entry(day(3), "b"));
  }

  @Test
  void laterSealOfAWindowReplacesItsCutAlone() {
    Cuts cuts = Cuts.none().seal(day(1).span(day(3)), "a").seal(day(2), "b");

    assertThat(cuts.of(day(1))).hasValue("a");
    assertThat(cuts.of(day(2))).hasValue("b");
    assertThat(cuts.of(day(3))).hasValue("a");
  }

  @Test
  void forgetsTheOldestWindowsBeyondItsLimit() {
    Cuts cuts = Cuts.none();

    for (int day = 0; day <= Cuts.LIMIT; day++) {
      cuts = cuts.seal(day(day), "cut " + day);
    }

    assertThat(cuts.entries()).hasSize(Cuts.LIMIT);
    assertThat(cuts.of(day(0))).isEmpty();
    assertThat(cuts.of(day(Cuts.LIMIT))).hasValue("cut " + Cuts.LIMIT);
  }

  private static Window day(int day) {
    Instant lo = FIRST.plus(Duration.ofDays(day));
    return new Window(lo, lo.plus(Duration.ofDays(1)));
  }
}
