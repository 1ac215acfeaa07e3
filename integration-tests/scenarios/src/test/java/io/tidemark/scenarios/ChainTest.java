package io.tidemark.scenarios;

import static io.tidemark.scenarios.Cell.cell;
import static io.tidemark.scenarios.Row.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.OpenLayout;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A stream's publishes are a chain, and the table knows its head. */
class ChainTest extends Scenario {

  @Test
  void theSecondOfTwoJobsUnderOneStreamIdIsFenced() {
    // Given
    StreamRun other = new StreamRun(load(), history, Set.of());
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));

    // When, Then
    assertThatThrownBy(() -> other.publish(first.lo(), cell(first, row(first, 0, 7, 2))))
        .isInstanceOf(StreamFencedException.class)
        .hasMessageContaining("stream clicks");
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void theSecondOfTwoForksOfOneSavepointIsFenced() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    StreamRun fork = stream.fork();
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // When, Then
    assertThatThrownBy(() -> fork.publish(first.lo(), cell(first, row(first, 0, 7, 3))))
        .isInstanceOf(StreamFencedException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 2));
  }

  @Test
  void aForkThatCommitsBetweenPlanAndSwapFencesTheOther() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    StreamRun fork = stream.fork();
    beforeNextCommit(() -> fork.publish(first.lo(), cell(first, row(first, 0, 7, 3))));

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.lo(), cell(first, row(first, 0, 7, 2))))
        .isInstanceOf(StreamFencedException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 3));
  }

  @Test
  void theLateRowsOfTheFencedForkAreNotKept() {
    // Given
    seal("run-1", first, row(first, 0, 7, 1));
    stream.publish(first.hi());
    StreamRun fork = stream.fork();
    stream.publishLate(first.hi(), row(first, 0, 7, 1));

    // When, Then
    assertThatThrownBy(() -> fork.publishLate(first.hi(), row(first, 0, 7, 1)))
        .isInstanceOf(StreamFencedException.class);
    assertThat(lateRows()).isEqualTo(1);
  }

  @Test
  void aZombieIsFencedOnceAnotherRunTookOver() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    StreamRun zombie = stream.fork();

    // When
    StreamToken token = load().takeOver(StreamRun.ID, "take-over");
    stream.continuing("take-over").publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(token.watermark()).isEqualTo(first.lo());
    assertThat(token.positions()).isEqualTo(Map.of("events-0", "17"));
    assertThatThrownBy(() -> zombie.publish(first.lo(), cell(first, row(first, 0, 7, 3))))
        .isInstanceOf(StreamFencedException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 2));
  }

  @Test
  void aTakeOverBetweenPlanAndSwapFencesTheZombie() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(() -> load().takeOver(StreamRun.ID, "take-over"));

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.lo(), cell(first, row(first, 0, 7, 2))))
        .isInstanceOf(StreamFencedException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void takingOverAgainWithTheSameIdIsANoOp() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    StreamToken token = load().takeOver(StreamRun.ID, "take-over");

    // When
    StreamToken again = load().takeOver(StreamRun.ID, "take-over");

    // Then
    assertThat(again).isEqualTo(token);
    assertThat(snapshots()).isEqualTo(2);
  }

  @Test
  void aRewoundSavepointIsFenced() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    StreamRun rewound = stream.fork();
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 3)));

    // When, Then
    assertThatThrownBy(() -> rewound.publish(first.lo(), cell(first, row(first, 0, 7, 9))))
        .isInstanceOf(StreamFencedException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 3));
  }

  @Test
  void aReplayedPublishIsANoOpEvenAfterItsSnapshotExpired() {
    // Given
    create(contract().layout(OpenLayout.EVENTS));
    Publish publish = stream.write(first.lo(), cell(first, row(first, 0, 7, 1)));
    stream.commit(publish);
    hands().compact(first);
    remember();
    hands().expireAllButTheNewest();

    // When
    boolean again = stream.commit(publish).alreadyCommitted();

    // Then
    assertThat(again).isTrue();
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void anOlderReplayedPublishIsFencedAfterItsSnapshotExpired() {
    // Given
    create(contract().layout(OpenLayout.EVENTS));
    Publish older = stream.write(first.lo(), cell(first, row(first, 0, 7, 1)));
    stream.commit(older);
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));
    remember();
    hands().expireAllButTheNewest();

    // When, Then
    assertThatThrownBy(() -> stream.commit(older)).isInstanceOf(StreamFencedException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 1), row(first, 0, 7, 2));
  }

  @Test
  void aRecoveredImageThatLandedIsContinued() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    String parent = stream.parents().iterator().next();
    Publish recovered = stream.write(first.lo(), cell(first, row(first, 0, 7, 2)));
    stream.commit(recovered);

    // When
    boolean landed = load().hasLanded(recovered);
    StreamRun restored = stream.fork().continuing(recovered.commitId(), parent);
    restored.commit(restored.writeAll(first.lo(), null, cell(first, row(first, 0, 7, 3))));

    // Then
    assertThat(landed).isTrue();
    assertThat(rows()).containsExactly(row(first, 0, 7, 3));
  }

  @Test
  void aRecoveredImageThatDidNotLandIsReplacedAndNeverPlanned() {
    // Given
    stream.publish(
        first.lo(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 1)));
    String parent = stream.parents().iterator().next();
    Publish recovered = stream.write(first.lo(), cell(first, row(first, 0, 7, 2)));

    // When
    boolean landed = load().hasLanded(recovered);
    StreamRun restored = stream.fork().continuing(recovered.commitId(), parent);
    restored.commit(restored.writeAll(first.lo(), null, cell(first, row(first, 0, 7, 3))));

    // Then
    assertThat(landed).isFalse();
    assertThat(rows()).containsExactly(row(first, 0, 7, 3));
  }

  @Test
  void theLateRowsOfARecoveredImageThatDidNotLandAreKeptOnce() {
    // Given
    seal("run-1", first, row(first, 0, 7, 1));
    Publish recovered = stream.writeLate(first.hi(), row(first, 0, 7, 1));

    // When
    load().hasLanded(recovered);
    load().hasLanded(recovered);

    // Then
    assertThat(lateRows()).isEqualTo(1);
  }

  @Test
  void theRecoveredImageOfAForkIsFencedAtItsLookUp() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    Publish recovered = stream.fork().write(first.lo(), cell(first, row(first, 0, 7, 2)));
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 3)));

    // When, Then
    assertThatThrownBy(() -> load().hasLanded(recovered)).isInstanceOf(StreamFencedException.class);
  }

  @Test
  void aQuietStreamMovesItsWatermarkWithAnEmptyCommit() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));

    // When
    stream.publish(first.hi());

    // Then
    assertThat(load().state().watermark()).contains(first.hi());
    assertThat(load().planSeal("run-1", first, Set.of()).alreadySealed()).isFalse();
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void aReimageLeavesFrozenWindowsAlone() {
    // Given
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 2)));

    // When
    stream.commit(stream.writeAll(third.lo(), second.lo(), cell(second, row(second, 0, 7, 3))));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 1), row(second, 0, 7, 3));
  }
}
