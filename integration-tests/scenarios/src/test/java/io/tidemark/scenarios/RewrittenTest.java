package io.tidemark.scenarios;

import static io.tidemark.scenarios.Cell.cell;
import static io.tidemark.scenarios.Row.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.Attention.Reason;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.RepairReport;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.contract.OpenLayout;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Somebody rolls the table back or replaces it under a running stream. */
class RewrittenTest extends Scenario {

  @Test
  void aRollbackStopsEveryWriter() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    long before = head();
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 2)));
    hands().rollBackTo(before);

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.hi(), cell(first, row(first, 0, 7, 3))))
        .isInstanceOf(HistoryRewrittenException.class)
        .hasMessageContaining("history was rewritten");
    assertThatThrownBy(() -> load().planSeal("run-1", first, Set.of()))
        .isInstanceOf(HistoryRewrittenException.class);
    assertThatThrownBy(() -> load().takeOver(StreamRun.ID, "take-over"))
        .isInstanceOf(HistoryRewrittenException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void aRollbackBetweenPlanAndSwapStopsThePublish() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    long before = head();
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 2)));
    beforeNextCommit(() -> hands().rollBackTo(before));

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.hi(), cell(first, row(first, 0, 7, 3))))
        .isInstanceOf(HistoryRewrittenException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void aStreamThatLostPublishesGoesOnAfterRepairAndTakeOver() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    long before = head();
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 2)));
    hands().rollBackTo(before);

    // When
    RepairReport report = load().repair();
    load().takeOver(StreamRun.ID, "take-over");
    stream.continuing("take-over").publish(first.hi(), cell(first, row(first, 0, 7, 3)));

    // Then
    assertThat(report.historyRewritten()).isTrue();
    assertThat(report.attention())
        .containsExactly(new Attention(first, Reason.HISTORY_REWRITTEN, 0));
    assertThat(rows()).containsExactly(row(first, 0, 7, 3));
  }

  @Test
  void aRollbackBehindASealOpensItsWindowAtRepair() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    long before = head();
    seal("run-1", first, row(first, 0, 7, 10));
    hands().rollBackTo(before);

    // When
    RepairReport report = load().repair();

    // Then
    assertThat(report.reopened()).containsExactly(first);
    assertThat(version(first)).isZero();
    seal("run-2", first, row(first, 0, 7, 11));
    assertThat(rows()).containsExactly(row(first, 0, 7, 11).sealed());
    assertThat(load().state().attention()).isEmpty();
  }

  @Test
  void aReplacedTableStopsEveryWriterAndBeginsAnewAtRepair() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    seal("run-1", first, row(first, 0, 7, 10));
    hands().replace(lake.catalog(), id);

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.hi(), cell(second, row(second, 0, 7, 1))))
        .isInstanceOf(HistoryRewrittenException.class);
    assertThatThrownBy(() -> load().planSeal("run-2", second, Set.of()))
        .isInstanceOf(HistoryRewrittenException.class);
    RepairReport report = load().repair();
    assertThat(report.reopened()).containsExactly(first);
    seal("run-3", first, Set.of(Seal.Allow.AHEAD_OF_WATERMARK), row(first, 0, 7, 12));
    assertThat(rows()).containsExactly(row(first, 0, 7, 12).sealed());
  }

  @Test
  void aPublishThatWasRolledBackIsNeverAddedAgain() {
    // Given
    create(contract().layout(OpenLayout.EVENTS));
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    StreamRun restored = stream.fork();

    // When
    Publish lost = publishAndLose();

    // Then
    assertThatThrownBy(() -> restored.commit(lost)).isInstanceOf(StreamFencedException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void aPublishThatWasRolledBackAndExpiredIsNeverAddedAgain() {
    // Given
    create(contract().layout(OpenLayout.EVENTS));
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    StreamRun restored = stream.fork();
    Publish lost = publishAndLose();
    remember();
    hands().expireAllButTheNewest();

    // When, Then
    assertThatThrownBy(() -> restored.commit(lost)).isInstanceOf(StreamFencedException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 1));
  }

  @Test
  void aFirstPublishThatWasRolledBackAndExpiredIsNeverAddedAgain() {
    // Given
    create(contract().layout(OpenLayout.EVENTS));
    seal("run-1", second, row(second, 0, 7, 1));
    StreamRun restored = stream.fork();
    Publish lost = publishAndLose();
    remember();
    hands().expireAllButTheNewest();

    // When, Then
    assertThatThrownBy(() -> restored.commit(lost)).isInstanceOf(StreamFencedException.class);
    assertThat(rows()).containsExactly(row(second, 0, 7, 1).sealed());
  }

  @Test
  void aStreamWhosePublishesStayedGoesOnAfterRepair() {
    // Given
    seal("run-1", first, row(first, 0, 7, 10));
    stream.publish(first.hi(), cell(second, row(second, 0, 7, 1)));
    long before = head();
    load().rewrite(hands().compaction(first));
    hands().rollBackTo(before);
    load().repair();

    // When
    stream.publish(first.hi(), cell(second, row(second, 0, 7, 2)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 2));
  }

  @Test
  void aStreamIsFencedWhereARepairOpensAWindowAgain() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    long before = head();
    seal("run-1", first, row(first, 0, 7, 10));
    hands().rollBackTo(before);
    load().repair();

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.hi(), cell(second, row(second, 0, 7, 2))))
        .isInstanceOf(StreamFencedException.class);
    load().takeOver(StreamRun.ID, "take-over");
    stream.continuing("take-over").publish(first.hi(), cell(first, row(first, 0, 7, 3)));
    assertThat(rows()).containsExactly(row(first, 0, 7, 3));
  }

  @Test
  void theRepairOfATableInOrderCommitsNothing() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));

    // When
    RepairReport report = load().repair();

    // Then
    assertThat(report.historyRewritten()).isFalse();
    assertThat(snapshots()).isEqualTo(1);
  }

  /** Returns a publish that was rolled back, in a table that was repaired. */
  private Publish publishAndLose() {
    long before = head();
    Publish lost = stream.write(first.hi(), cell(first, row(first, 0, 7, 2)));
    stream.commit(lost);
    hands().rollBackTo(before);
    load().repair();
    return lost;
  }
}
