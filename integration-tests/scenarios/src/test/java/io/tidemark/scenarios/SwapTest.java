package io.tidemark.scenarios;

import static io.tidemark.scenarios.Cell.cell;
import static io.tidemark.scenarios.Row.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.RepairReport;
import io.tidemark.catalog.commit.Rewrite;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.fixtures.Fault;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** A swap is sent once, whoever sends it, and looked up afterwards. */
class SwapTest extends Scenario {

  @Test
  void aSwapWhoseAnswerIsLostIsNotSentAgain() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    long before = lake.swaps(id);
    lake.fail(id, Fault.dropAnswer());

    // When
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(lake.swaps(id) - before).isEqualTo(1);
  }

  @Test
  void aSwapThatLandedBehindAConflictIsNotSentAgain() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    long before = lake.swaps(id);
    lake.fail(id, Fault.conflict());

    // When
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(lake.swaps(id) - before).isEqualTo(1);
  }

  @Test
  void aSwapThatWasLostIsSentAgainOnlyAfterTheFence() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    long before = lake.swaps(id);
    lake.fail(id, Fault.dropRequest());

    // When
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 2)));

    // Then
    assertThat(lake.swaps(id) - before).isEqualTo(3);
    assertThat(writers()).containsExactly("stream", "fence", "stream");
  }

  @Test
  void aTakeOverThatLandedBehindAConflictIsFound() {
    // Given
    stream.publish(first.lo(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.conflict());

    // When
    StreamToken token = load().takeOver(StreamRun.ID, "take-over");

    // Then
    assertThat(token.watermark()).isEqualTo(first.lo());
    stream.continuing("take-over").publish(first.lo(), cell(first, row(first, 0, 7, 2)));
    assertThat(writers()).containsExactly("stream", "take-over", "stream");
  }

  @Test
  void aCompactionThatLandedBehindAConflictIsFound() {
    // Given
    seal("run-1", first, row(first, 0, 7, 1), row(first, 1, 7, 2));
    Rewrite compaction = hands().compaction(first);
    lake.fail(id, Fault.conflict());

    // When
    long snapshot = load().rewrite(compaction);

    // Then
    assertThat(snapshot).isEqualTo(head());
    assertThat(writers()).containsExactly("seal", "maintenance");
  }

  @Test
  void aRepairThatLandedBehindAConflictIsFound() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    long before = head();
    seal("run-1", first, row(first, 0, 7, 10));
    hands().rollBackTo(before);
    lake.fail(id, Fault.conflict());

    // When
    RepairReport report = load().repair();

    // Then
    assertThat(report.reopened()).containsExactly(first);
    assertThat(writers()).containsExactly("stream", "repair");
  }

  @Test
  void aNewMeasureThatLandedBehindAConflictIsFound() {
    // Given
    stream.publish(first.hi(), cell(first, row(first, 0, 7, 1)));
    lake.fail(id, Fault.conflict());

    // When
    UnifiedTable evolved =
        UnifiedTable.createOrVerify(
            lake.catalog(),
            id,
            contract().measure("views", Types.LongType.get(), new Merge.Sum()).build());

    // Then
    assertThat(evolved.contract().measure("views")).isPresent();
    assertThat(writers()).containsExactly("stream", "evolution");
  }
}
