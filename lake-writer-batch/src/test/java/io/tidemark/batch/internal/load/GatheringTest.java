package io.tidemark.batch.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.internal.load.LoadEvent.Keeper;
import io.tidemark.batch.internal.load.LoadEvent.Loaded;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatheringTest {

  private final Gathering gathering = new Gathering(Instant.EPOCH);

  @Test
  void isWholeByTheLastPartOfItsNewestAttempt() {
    assertThat(isWholeBy(part(0, 0, 2))).isFalse();
    assertThat(isWholeBy(part(1, 0, 2))).isFalse();
    assertThat(isWholeBy(part(1, 1, 2))).isTrue();
  }

  @Test
  void latePartOfAnEarlierAttemptCompletesNothing() {
    isWholeBy(part(1, 0, 2));

    assertThat(isWholeBy(part(0, 0, 1))).isFalse();
  }

  private boolean isWholeBy(Loaded part) {
    gathering.add(part);
    return gathering.isWholeBy(part);
  }

  private static Loaded part(int attempt, int part, int parts) {
    return new Loaded(0, attempt, part, parts, 1, 0, Set.of(), List.of(), Keeper.NOBODY);
  }
}
