package io.tidemark.scenarios;

import static io.tidemark.scenarios.Cell.cell;
import static io.tidemark.scenarios.Row.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.PublishResult;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What seals do to a table that nobody else touches. */
class SealTest extends Scenario {

  @Test
  void theFirstSealOfAllClosesItsWindowOnly() {
    // Given
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 10)), cell(second, row(second, 0, 7, 5)));

    // When
    SealResult result = seal("run-1", first, row(first, 0, 7, 11), row(first, 0, 8, 1));

    // Then
    assertThat(result.rowsBefore()).isEqualTo(1);
    assertThat(result.rowsAfter()).isEqualTo(2);
    assertThat(result.boundary()).isEqualTo(first.hi());
    assertThat(rows())
        .containsExactly(
            row(first, 0, 7, 11).sealed(), row(first, 0, 8, 1).sealed(), row(second, 0, 7, 5));
  }

  @Test
  void aTableWithAStreamOnlyIsReadAsItIs() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 10)));

    // When
    stream.publish(
        second.hi(), cell(first, row(first, 0, 7, 12)), cell(second, row(second, 9, 7, 5)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 12), row(second, 9, 7, 5));
    assertThat(load().state().closed().ranges()).isEmpty();
  }

  @Test
  void aTableWithABatchOnlyNeedsNoStream() {
    // When
    seal("run-1", first, row(first, 0, 7, 10));
    seal("run-2", second, row(second, 0, 7, 20));

    // Then
    assertThat(rows())
        .containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 20).sealed());
    assertThat(load().state().closed().boundary(first.lo())).isEqualTo(second.hi());
  }

  @Test
  void aSealOutOfOrderIsAnIslandAndTheHoleStaysTheStreams() {
    // Given
    stream.publish(
        second.hi(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 2)));

    // When
    SealResult result = seal("run-1", second, row(second, 0, 7, 3));
    stream.publish(second.hi(), cell(first, row(first, 0, 7, 4)));

    // Then
    assertThat(result.boundary()).isEqualTo(first.lo());
    assertThat(load().state().closed().holes(first.lo())).containsExactly(first);
    assertThat(rows()).containsExactly(row(first, 0, 7, 4), row(second, 0, 7, 3).sealed());
  }

  @Test
  void theBoundaryPassesAHoleOnceItIsSealed() {
    // Given
    seal("run-2", second, row(second, 0, 7, 2));
    seal("run-3", third, row(third, 0, 7, 3));

    // When
    SealResult result = seal("run-1", first, row(first, 0, 7, 1));

    // Then
    assertThat(result.boundary()).isEqualTo(third.hi());
    assertThat(load().state().closed().holes(first.lo())).isEmpty();
  }

  @Test
  void aSealInTheFutureNeedsAWord() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));

    // When, Then
    assertThatThrownBy(() -> seal("run-1", second, row(second, 0, 7, 2)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("complete to " + first.lo());
  }

  @Test
  void aSealInTheFutureWithAWordKeepsTheStreamOut() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    seal("run-1", second, Set.of(Seal.Allow.AHEAD_OF_WATERMARK), row(second, 0, 7, 2));

    // When
    PublishResult result = stream.publish(second.lo(), cell(second, row(second, 0, 7, 3)));

    // Then
    assertThat(result.leftOut()).containsExactly(second);
    assertThat(load().state().attention())
        .containsExactly(new Attention(second, Attention.Reason.LATE, 1));
  }

  @Test
  void severalWindowsAreSealedInOneCommitOneOfThemEmpty() {
    // Given
    stream.publish(third.hi(), cell(first, row(first, 0, 7, 1)), cell(third, row(third, 0, 7, 3)));
    Window range = new Window(first.lo(), third.hi());

    // When
    seal("run-1", range, row(first, 0, 7, 10), row(third, 0, 7, 30));

    // Then
    assertThat(rows())
        .containsExactly(row(first, 0, 7, 10).sealed(), row(third, 0, 7, 30).sealed());
    assertThat(load().state().closed().boundary(first.lo())).isEqualTo(third.hi());
    assertThat(version(second)).isEqualTo(1);
  }

  @Test
  void emptyingOneOfSeveralWindowsNeedsAWord() {
    // Given
    stream.publish(
        third.hi(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 2)));
    Window range = new Window(first.lo(), second.hi());

    // When, Then
    assertThatThrownBy(() -> seal("run-1", range, row(first, 0, 7, 10)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the batch brings none");
    seal("run-2", range, Set.of(Seal.Allow.EMPTY_WINDOW), row(first, 0, 7, 10));
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed());
  }

  @Test
  void aStronglyShrinkingSealNeedsAWord() {
    // Given
    stream.publish(
        first.hi(), cell(first, row(first, 0, 1, 1), row(first, 0, 2, 1), row(first, 0, 3, 1)));

    // When, Then
    assertThatThrownBy(() -> seal("run-1", first, row(first, 0, 1, 1)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("less than half");
    seal("run-2", first, Set.of(Seal.Allow.SHRINK), row(first, 0, 1, 1));
  }

  @Test
  void theSecondOfTwoSealersIsRefused() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 10)));
    SealPlan one = load().planSeal("run-1", first, Set.of());
    SealPlan two = load().planSeal("run-2", first, Set.of());
    commit(one, row(first, 0, 7, 11));

    // When, Then
    assertThatThrownBy(() -> commit(two, row(first, 0, 7, 12)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("another run sealed it meanwhile");
    assertThat(rows()).containsExactly(row(first, 0, 7, 11).sealed());
  }

  @Test
  void aResealIsTheNextVersion() {
    // Given
    seal("run-1", first, row(first, 0, 7, 10));

    // When
    commit(load().planReseal("run-2", first), row(first, 0, 7, 12));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 12).sealed());
    assertThat(version(first)).isEqualTo(2);
    assertThat(load().state().closed().boundary(first.lo())).isEqualTo(first.hi());
  }

  @Test
  void theSecondOfTwoResealersIsRefused() {
    // Given
    seal("run-1", first, row(first, 0, 7, 10));
    SealPlan one = load().planReseal("run-2", first);
    SealPlan two = load().planReseal("run-3", first);
    commit(one, row(first, 0, 7, 11));

    // When, Then
    assertThatThrownBy(() -> commit(two, row(first, 0, 7, 12)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("version 1 was planned against, it has 2 now");
  }

  @Test
  void theSameRunAgainIsANoOp() {
    // Given
    SealPlan plan = load().planSeal("run-1", first, Set.of());
    commit(plan, row(first, 0, 7, 10));

    // When
    SealResult again = commit(plan, row(first, 0, 7, 10));

    // Then
    assertThat(again.alreadySealed()).isTrue();
    assertThat(load().planSeal("run-1", first, Set.of()).alreadySealed()).isTrue();
    assertThat(version(first)).isEqualTo(1);
  }

  @Test
  void anotherRunMustSayReseal() {
    seal("run-1", first, row(first, 0, 7, 10));

    assertThatThrownBy(() -> load().planSeal("run-2", first, Set.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("closed in version 1");
    assertThatThrownBy(() -> load().planReseal("run-2", second))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it is open");
  }

  @Test
  void aRangeThatCutsAWindowOrLiesBeforeTheOriginIsABadRequest() {
    Window shifted = new Window(first.lo().plus(Duration.ofHours(1)), first.hi());
    Window before = new Window(first.lo().minus(Duration.ofDays(1)), first.lo());

    assertThatThrownBy(() -> load().planSeal("run-1", shifted, Set.of()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("nearest whole windows");
    assertThatThrownBy(() -> load().planSeal("run-1", before, Set.of()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("the table begins at");
  }
}
