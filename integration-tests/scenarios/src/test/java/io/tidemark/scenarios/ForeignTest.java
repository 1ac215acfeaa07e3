package io.tidemark.scenarios;

import static io.tidemark.scenarios.Cell.cell;
import static io.tidemark.scenarios.Row.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.Attention.Reason;
import io.tidemark.catalog.commit.ForeignWriteException;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.window.Window;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.junit.jupiter.api.Test;

/** Engines that know nothing of the protocol write, compact and expire. */
class ForeignTest extends Scenario {

  @Test
  void aCompactionOfAnOpenCellIsHarmless() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    hands().compact(first);

    // When
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 2));
  }

  @Test
  void aCompactionOfOpenEventsIsHarmless() {
    // Given
    create(contract().layout(OpenLayout.EVENTS));
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));
    hands().compact(first);

    // When
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 3)));
    seal("run-1", first, row(first, 0, 7, 6));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 6).sealed());
  }

  @Test
  void aCompactionOfAClosedWindowIsHarmless() {
    // Given
    seal("run-1", first, row(first, 0, 7, 1));
    hands().compact(first);

    // When
    stream.publish(first.hi(), cell(second, row(second, 0, 7, 2)));
    commit(load().planReseal("run-2", first), row(first, 0, 7, 3));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 3).sealed(), row(second, 0, 7, 2));
    assertThat(load().state().attention()).isEmpty();
  }

  @Test
  void aCompactionIntoACoarserSpecIsRefusedUntilItIsUndone() {
    // Given
    stream.publish(
        first.hi(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 2)));
    PartitionSpec fine = table.table().spec();
    load().table().updateSpec().removeField("business_date").commit();
    hands().compact(new Window(first.lo(), second.hi()));
    StreamRun restarted = new StreamRun(load(), history, stream.parents());

    // When, Then
    assertThatThrownBy(() -> restarted.publish(first.hi()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a partition would hold rows of two windows");
    assertThatThrownBy(() -> seal("run-1", first, row(first, 0, 7, 10)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("rewrite them into");
    load().table().updateSpec().addField("business_date").commit();
    hands().compact(new Window(first.lo(), second.hi()), fine);
    seal("run-1", first, row(first, 0, 7, 10));
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 2));
  }

  @Test
  void anInsertIntoAnOpenCellStopsTheStreamUntilRepair() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    hands().insert(history, row(first, 1, 9, 100));

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.lo(), cell(first, row(first, 0, 7, 2))))
        .isInstanceOf(ForeignWriteException.class)
        .hasMessageContaining("Run repair");
    assertThat(rows()).containsExactly(row(first, 0, 7, 1), row(first, 1, 9, 100));
    load().repair();
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));
    assertThat(rows()).containsExactly(row(first, 0, 7, 2));
    assertThat(load().state().attention())
        .containsExactly(new Attention(first, Reason.ACKNOWLEDGED, 0));
  }

  @Test
  void anInsertIntoAnOpenCellBetweenPlanAndSwapStopsTheStream() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    beforeNextCommit(() -> hands().insert(history, row(first, 1, 9, 100)));

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.lo(), cell(first, row(first, 0, 7, 2))))
        .isInstanceOf(ForeignWriteException.class);
    assertThat(rows()).containsExactly(row(first, 0, 7, 1), row(first, 1, 9, 100));
  }

  @Test
  void anInsertIntoAnOpenWindowIsTakenOverByItsSeal() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    hands().insert(history, row(first, 1, 9, 100));

    // When
    seal("run-1", first, row(first, 0, 7, 10));
    stream.publish(first.hi(), cell(second, row(second, 0, 7, 1)));

    // Then
    assertThat(rows()).containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 1));
    assertThat(load().state().attention()).isEmpty();
  }

  @Test
  void anInsertIntoAClosedWindowIsListedUntilItsReseal() {
    // Given
    seal("run-1", first, row(first, 0, 7, 1));
    hands().insert(history, row(first, 1, 9, 100));

    // When
    stream.publish(first.hi(), cell(second, row(second, 0, 7, 2)));

    // Then
    assertThat(load().state().attention())
        .containsExactly(new Attention(first, Reason.FOREIGN_WRITE, 0));
    commit(load().planReseal("run-2", first), row(first, 0, 7, 3));
    assertThat(load().state().attention()).isEmpty();
    assertThat(rows()).containsExactly(row(first, 0, 7, 3).sealed(), row(second, 0, 7, 2));
  }

  @Test
  void aDeleteInAnOpenWindowStopsTheStream() {
    // Given
    stream.publish(
        first.lo(), cell(first, row(first, 0, 7, 1)), cell(second, row(second, 0, 7, 2)));
    hands().delete(history, second);

    // When, Then
    assertThatThrownBy(() -> stream.publish(first.lo(), cell(first, row(first, 0, 7, 3))))
        .isInstanceOf(ForeignWriteException.class)
        .hasMessageContaining(second.toString());
  }

  @Test
  void aDeleteInAClosedWindowIsListed() {
    // Given
    seal("run-1", first, row(first, 0, 7, 1));
    hands().delete(history, first);

    // When
    stream.publish(first.hi(), cell(second, row(second, 0, 7, 2)));

    // Then
    assertThat(load().state().attention())
        .containsExactly(new Attention(first, Reason.FOREIGN_WRITE, 0));
  }

  @Test
  void theExpiryOfAnAnchorIsNoRewrittenHistory() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    seal("run-1", first, row(first, 0, 7, 10));
    hands().compact(first);
    remember();
    hands().expireAllButTheNewest();
    assertThat(load().planSeal("run-1", first, Set.of()).alreadySealed()).isTrue();

    // When
    stream.publish(first.hi(), cell(second, row(second, 0, 7, 2)));
    seal("run-2", second, Set.of(Seal.Allow.AHEAD_OF_WATERMARK), row(second, 0, 7, 3));

    // Then
    assertThat(rows())
        .containsExactly(row(first, 0, 7, 10).sealed(), row(second, 0, 7, 3).sealed());
  }
}
