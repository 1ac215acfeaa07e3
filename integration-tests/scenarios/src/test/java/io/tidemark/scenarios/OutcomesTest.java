package io.tidemark.scenarios;

import static io.tidemark.scenarios.Cell.cell;
import static io.tidemark.scenarios.Row.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.fixtures.Fault;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The catalog's answer is lost or false: what counts is the lineage of main. */
class OutcomesTest extends Scenario {

  @Test
  void aSealThatLandedBehindAConflictIsFound() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.conflict());

    // When
    SealResult result = seal("run-1", first, row(first, 0, 7, 10), row(first, 0, 8, 1));

    // Then
    assertThat(result.alreadySealed()).isFalse();
    assertThat(result.rowsBefore()).isEqualTo(1);
    assertThat(result.rowsAfter()).isEqualTo(2);
    assertThat(result.snapshotId()).isEqualTo(head());
    assertThat(version(first)).isEqualTo(1);
  }

  @Test
  void aPublishThatLandedBehindAConflictIsFound() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.conflict());

    // When
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 2));
    assertThat(snapshots()).isEqualTo(2);
  }

  @Test
  void aFirstSealThatLandedBehindAConflictIsFound() {
    // Given
    lake.fail(id, Fault.conflict());

    // When
    seal("run-1", first, row(first, 0, 7, 10));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed());
    assertThat(snapshots()).isEqualTo(1);
  }

  @Test
  void aSealThatLandedBehindAConflictIsFoundBehindThePublishThatFollowed() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    lake.fail(
        id,
        Fault.conflict()
            .runAfter(() -> stream.publish(first.hi(), cell(second, row(second, 0, 7, 2)))));

    // When
    seal("run-1", first, row(first, 0, 7, 10));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 2));
    assertThat(snapshots()).isEqualTo(3);
  }

  @Test
  void aPublishThatLandedBehindAConflictIsFoundBehindTheSealThatFollowed() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.conflict().runAfter(() -> seal("run-1", first, row(first, 0, 7, 10))));

    // When
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 2)), cell(second, row(second, 0, 7, 3)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 3));
    assertThat(load().state().attention()).isEmpty();
    assertThat(snapshots()).isEqualTo(3);
  }

  @Test
  void aSealWhoseAnswerIsLostIsFound() {
    // Given
    lake.fail(id, Fault.dropAnswer());

    // When
    seal("run-1", first, row(first, 0, 7, 10));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed());
    assertThat(snapshots()).isEqualTo(1);
  }

  @Test
  void aPublishWhoseAnswerIsLostIsFoundBehindTheSealThatFollowed() {
    // Given
    lake.fail(id, Fault.dropAnswer().runAfter(() -> seal("run-2", second, row(second, 0, 7, 10))));

    // When
    stream.publish(second.hi(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 2), row(second, 0, 7, 10).sealed());
    assertThat(snapshots()).isEqualTo(2);
  }

  @Test
  void aRequestThatNeverArrivesIsCommittedOnceMainWasMoved() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.dropRequest());

    // When
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 2));
    assertThat(writers()).containsExactly("stream", "fence", "stream");
  }

  @Test
  void aRequestThatArrivesAfterTheFenceDoesNotLand() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.dropRequest());
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));
    long head = head();

    // When
    lake.deliverDropped();

    // Then
    assertThat(head()).isEqualTo(head);
    assertThat(rows()).containsExactly(row(first, 0, 7, 2));
  }

  @Test
  void aSealThatArrivesAfterTheFenceDoesNotLand() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.dropRequest());
    seal("run-1", first, row(first, 0, 7, 10));
    stream.publish(first.hi(), cell(second, row(second, 0, 7, 2)));
    long head = head();

    // When
    lake.deliverDropped();

    // Then
    assertThat(head()).isEqualTo(head);
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 2));
  }

  @Test
  void aRequestThatArrivesJustBeforeTheFenceIsFound() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.dropRequest());
    lake.fail(id, Fault.none().runBefore(lake::deliverDropped));

    // When
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 2));
    assertThat(writers()).containsExactly("stream", "stream");
  }

  @Test
  void aFenceWhoseOwnAnswerIsLostStillFences() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.dropRequest());
    lake.fail(id, Fault.dropAnswer());

    // When
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 2));
    assertThat(writers()).containsExactly("stream", "fence", "stream");
  }

  @Test
  void aRollbackBetweenALostAnswerAndItsLookUpStopsThePublishForGood() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    long before = head();
    Publish lost = stream.write(first.lo(), cell(first, row(first, 0, 7, 2)));
    lake.fail(id, Fault.dropAnswer().runAfter(() -> hands().rollBackTo(before)));

    // When, Then
    assertThatThrownBy(() -> stream.commit(lost)).isInstanceOf(HistoryRewrittenException.class);
    assertThatThrownBy(() -> stream.commit(lost)).isInstanceOf(HistoryRewrittenException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void aRollbackBetweenALostAnswerAndItsLookUpStopsTheSeal() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    long before = head();
    SealPlan plan = load().planSeal("run-1", first, Set.of());
    lake.fail(id, Fault.conflict().runAfter(() -> hands().rollBackTo(before)));

    // When, Then
    assertThatThrownBy(() -> commit(plan, row(first, 0, 7, 10)))
        .isInstanceOf(HistoryRewrittenException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void eventsThatLandedAndExpiredBeforeTheLookUpAreFoundByTheToken() {
    // Given
    create(contract().layout(OpenLayout.EVENTS));
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.dropAnswer().runAfter(this::compactAndExpire));

    // When
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 1), row(first, 0, 7, 2));
  }

  @Test
  void aSealThatLandedAndExpiredBeforeTheLookUpIsFoundByItsRun() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.dropAnswer().runAfter(this::compactAndExpire));

    // When
    SealResult result = seal("run-1", first, row(first, 0, 7, 10));

    // Then
    assertThat(result.alreadySealed()).isTrue();
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed());
    assertThat(version(first)).isEqualTo(1);
  }

  private void compactAndExpire() {
    hands().compact(first);
    remember();
    hands().expireAllButTheNewest();
  }

  @Test
  void aRunThatGaveUpIsANoOpWhenItStartsAgain() {
    // Given
    lake.fail(id, Fault.dropAnswer());
    seal("run-1", first, row(first, 0, 7, 10));

    // When
    SealResult again = seal("run-1", first, row(first, 0, 7, 10));

    // Then
    assertThat(again.alreadySealed()).isTrue();
    assertThat(snapshots()).isEqualTo(1);
  }

  @Test
  void lateRowsBehindAHiddenSuccessAreKeptOnce() {
    // Given
    seal("run-1", first, row(first, 0, 7, 10));
    lake.fail(UnifiedTable.lateOf(id), Fault.conflict());

    // When
    stream.publishLate(first.hi(), row(first, 0, 7, 1), row(first, 0, 8, 1));

    // Then
    assertThat(lateRows()).isEqualTo(2);
  }

  @Test
  void lateRowsWhoseAnswerIsLostAreKeptOnce() {
    // Given
    seal("run-1", first, row(first, 0, 7, 10));
    lake.fail(UnifiedTable.lateOf(id), Fault.dropAnswer());
    lake.fail(id, Fault.dropAnswer());

    // When
    stream.publishLate(first.hi(), row(first, 0, 7, 1), row(first, 0, 8, 1));

    // Then
    assertThat(lateRows()).isEqualTo(2);
  }
}
