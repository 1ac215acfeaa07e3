package io.tidemark.scenarios;

import static io.tidemark.scenarios.Cell.cell;
import static io.tidemark.scenarios.Row.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.PublishResult;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Rewrite;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.contract.OpenLayout;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Another commit lands between the plan and the swap of ours. */
class RacesTest extends Scenario {

  @Test
  void aPublishIntoTheSameWindowIsTakenOverByTheSeal() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(
        () -> stream.publish(first.hi(), cell(first, row(first, 0, 7, 2), row(first, 1, 7, 3))));

    // When
    SealResult result = seal("run-1", first, row(first, 0, 7, 10));

    // Then
    assertThat(result.rowsBefore()).isEqualTo(2);
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed());
  }

  @Test
  void aPublishIntoAnotherWindowStaysBesideTheSeal() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(() -> stream.publish(first.hi(), cell(second, row(second, 0, 7, 2))));

    // When
    seal("run-1", first, row(first, 0, 7, 10));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 2));
  }

  @Test
  void eventsAppendedToTheSameWindowAreTakenOverByTheSeal() {
    // Given
    create(contract().layout(OpenLayout.EVENTS));
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(() -> stream.publish(first.hi(), cell(first, row(first, 0, 7, 1))));

    // When
    SealResult result = seal("run-1", first, row(first, 0, 7, 2));

    // Then
    assertThat(result.rowsBefore()).isEqualTo(2);
    assertThat(rows()).containsExactly(row(first, 0, 7, 2).sealed());
  }

  @Test
  void aPublishBetweenThePlanOfTheReadAndTheCommitIsTakenOver() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    SealPlan plan = load().planSeal("run-1", first, Set.of());
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 5)), cell(second, row(second, 0, 7, 2)));

    // When
    commit(plan, row(first, 0, 7, 10));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 2));
  }

  @Test
  void anImageWhoseWindowIsSealedMeanwhileIsLeftOut() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(() -> seal("run-1", first, row(first, 0, 7, 10)));

    // When
    PublishResult result =
        stream.publish(
            first.hi(),
            cell(first, row(first, 0, 7, 2), row(first, 0, 8, 2)),
            cell(second, row(second, 0, 7, 3)));

    // Then
    assertThat(result.leftOut()).containsExactly(first);
    assertThat(result.contributionsLeftOut()).isEqualTo(2);
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 3));
    assertThat(load().state().attention())
        .containsExactly(new Attention(first, Attention.Reason.LATE, 2));
  }

  @Test
  void eventsWhoseWindowIsSealedMeanwhileAreLeftOut() {
    // Given
    create(contract().layout(OpenLayout.EVENTS));
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(() -> seal("run-1", first, row(first, 0, 7, 10)));

    // When
    PublishResult result = stream.publish(first.hi(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(result.leftOut()).containsExactly(first);
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed());
  }

  @Test
  void aReimageOfAllOpenWindowsLeavesTheWindowSealedMeanwhile() {
    // Given
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 2)));
    Publish reimage =
        stream.writeAll(
            first.hi(), null, cell(first, row(first, 0, 7, 5)), cell(second, row(second, 0, 7, 6)));
    beforeNextCommit(() -> seal("run-1", first, row(first, 0, 7, 10)));

    // When
    stream.commit(reimage);

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 6));
  }

  @Test
  void ofTwoSealersOfOneWindowTheFirstToCommitWins() {
    // Given
    SealPlan one = load().planSeal("run-1", first, Set.of());
    SealPlan two = load().planSeal("run-2", first, Set.of());
    beforeNextCommit(() -> commit(two, row(first, 0, 7, 2)));

    // When, Then
    assertThatThrownBy(() -> commit(one, row(first, 0, 7, 1)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("another run sealed it meanwhile");
    assertThat(rows()).containsExactly(row(first, 0, 7, 2).sealed());
  }

  @Test
  void sealsOfTwoWindowsBothLand() {
    // Given
    beforeNextCommit(() -> seal("run-2", second, row(second, 0, 7, 2)));

    // When
    SealResult result = seal("run-1", first, row(first, 0, 7, 1));

    // Then
    assertThat(result.boundary()).isEqualTo(second.hi());
    assertThat(rows()).containsExactly(row(first, 0, 7, 1).sealed(), row(second, 0, 7, 2).sealed());
  }

  @Test
  void theSameRunInTwoProcessesSealsOnce() {
    // Given
    SealPlan plan = load().planSeal("run-1", first, Set.of());
    beforeNextCommit(() -> commit(plan, row(first, 0, 7, 1)));

    // When
    SealResult result = commit(plan, row(first, 0, 7, 1));

    // Then
    assertThat(result.alreadySealed()).isTrue();
    assertThat(rows()).containsExactly(row(first, 0, 7, 1).sealed());
    assertThat(version(first)).isEqualTo(1);
  }

  @Test
  void aCompactionLandsBeforeAPublish() {
    // Given
    seal("run-1", first, row(first, 0, 7, 1), row(first, 1, 7, 2));
    Rewrite compaction = hands().compaction(first);
    beforeNextCommit(() -> load().rewrite(compaction));

    // When
    stream.publish(first.hi(), cell(second, row(second, 0, 7, 2)));

    // Then
    assertThat(rows())
        .containsExactly(
            row(first, 0, 7, 1).sealed(), row(first, 1, 7, 2).sealed(), row(second, 0, 7, 2));
  }

  @Test
  void aCompactionOfTheSameWindowLandsBeforeAReseal() {
    // Given
    seal("run-1", first, row(first, 0, 7, 1));
    SealPlan plan = load().planReseal("run-2", first);
    Rewrite compaction = hands().compaction(first);
    beforeNextCommit(() -> load().rewrite(compaction));

    // When
    commit(plan, row(first, 0, 7, 10));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed());
  }

  @Test
  void aCompactionOfAWindowThatIsResealedMeanwhileIsRefused() {
    // Given
    seal("run-1", first, row(first, 0, 7, 1));
    Rewrite compaction = hands().compaction(first);
    SealPlan plan = load().planReseal("run-2", first);
    beforeNextCommit(() -> commit(plan, row(first, 0, 7, 10)));

    // When, Then
    assertThatThrownBy(() -> load().rewrite(compaction))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("read in version 1, it has 2 now");
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed());
  }

  @Test
  void aForeignCompactionOfTheCellLandsBeforeItsPublish() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(() -> hands().compact(first));

    // When
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 2));
  }

  @Test
  void aForeignCompactionOfTheWindowLandsBeforeItsSeal() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(() -> hands().compact(first));

    // When
    seal("run-1", first, row(first, 0, 7, 10));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed());
  }

  @Test
  void expiryLandsBeforeAPublish() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));
    remember();
    beforeNextCommit(() -> hands().expireAllButTheNewest());

    // When
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 3)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 3));
  }

  @Test
  void expiryLandsBeforeASeal() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 2)));
    remember();
    beforeNextCommit(() -> hands().expireAllButTheNewest());

    // When
    seal("run-1", first, row(first, 0, 7, 10));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed());
  }

  @Test
  void theRemovalOfOrphansAfterLostRacesLeavesEverySnapshotReadable() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(() -> seal("run-1", first, row(first, 0, 7, 10)));
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 2)), cell(second, row(second, 0, 7, 3)));
    beforeNextCommit(() -> stream.publish(second.hi(), cell(second, row(second, 0, 7, 4))));
    seal("run-2", third, Set.of(Seal.Allow.AHEAD_OF_WATERMARK));

    // When
    Orphans orphans = Orphans.of(load().table());
    orphans.remove();

    // Then
    assertThat(orphans.paths())
        .as("the manifests of lost attempts are gone already, the image that was left out is not")
        .anyMatch(path -> path.endsWith(".parquet"))
        .noneMatch(path -> path.endsWith(".avro"));
  }
}
