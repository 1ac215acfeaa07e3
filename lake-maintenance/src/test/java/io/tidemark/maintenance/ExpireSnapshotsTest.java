package io.tidemark.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.commit.PublishResult;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.ledger.WindowsLedger;
import io.tidemark.catalog.window.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.relocated.com.google.common.collect.Iterables;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpireSnapshotsTest {

  @TempDir private Path directory;
  private ClicksTable clicks;
  private Window first;
  private Window second;

  @BeforeEach
  void createTable() {
    clicks = ClicksTable.create(directory);
    first = clicks.day("2026-11-19");
    second = clicks.day("2026-11-20");
  }

  @AfterEach
  void closeTable() {
    clicks.close();
  }

  @Test
  void oldSnapshotsGoAndEveryFileOfTheOthersStays() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.reseal("run-2", first, 4);
    clicks.seal("run-3", second, 2);
    Map<LocalDate, String> totals = clicks.totals(clicks.head());

    // When
    TaskReport report = run(everything());

    // Then
    assertThat(clicks.snapshots()).hasSize(1);
    assertThat(clicks.totals(clicks.head())).isEqualTo(totals);
    assertThat(clicks.missingFiles()).isEmpty();
    assertThat(clicks.orphans()).isEmpty();
    assertThat(report.figure("snapshots")).contains(new Figure("snapshots", 3, 1));
    // Three data files of version 1, and what two snapshots were made of.
    assertThat(report.figure("files deleted").orElseThrow().after()).isGreaterThan(3);
  }

  @Test
  void snapshotOfAStreamsTokenAndAllSinceStay() {
    // Given
    clicks.seal("run-1", first, 3);
    PublishResult token = clicks.publish(second, 2);
    clicks.reseal("run-2", first, 4);
    SealResult head = clicks.reseal("run-3", first, 5);

    // When
    TaskReport report = run(everything());

    // Then
    assertThat(clicks.snapshots())
        .hasSize(3)
        .extracting(Snapshot::snapshotId)
        .contains(token.snapshotId(), head.snapshotId());
    assertThat(clicks.missingFiles()).isEmpty();
    assertThat(report.notes())
        .singleElement()
        .asString()
        .contains("2 snapshots held back")
        .contains("stream clicks needs snapshot " + token.snapshotId());
  }

  @Test
  void nothingExpiresWithinAFlight() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.reseal("run-2", first, 4);

    // When
    TaskReport report = run(ExpireSnapshots.olderThan(Duration.ZERO));

    // Then
    assertThat(clicks.snapshots()).hasSize(2);
    assertThat(report.notes()).singleElement().asString().contains("in flight for PT1H");
  }

  @Test
  void nothingExpiresThatTheLedgerCouldNotRecord() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.reseal("run-2", first, 4);
    clicks
        .catalog()
        .createTable(
            WindowsLedger.identifierOf(clicks.loader().identifier()),
            new Schema(Types.NestedField.optional(1, "of_somebody_else", Types.StringType.get())));
    MaintenanceRun run =
        MaintenanceRun.forTable(clicks.loader())
            .add(UpdateLedger.withMissingSeals())
            .add(everything());

    // When
    assertThatThrownBy(run::run)
        // Then
        .hasMessageContaining("update-ledger failed")
        .isInstanceOfSatisfying(
            MaintenanceFailedException.class,
            e ->
                assertThat(e.report().task("expire-snapshots").orElseThrow().skipped())
                    .containsExactly(
                        new TaskReport.Skipped(
                            "ads.clicks", "the windows ledger could not be updated")));
    assertThat(clicks.snapshots()).hasSize(2);
  }

  @Test
  void youngSnapshotsStay() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.reseal("run-2", first, 4);

    // When
    TaskReport report = run(ExpireSnapshots.olderThan(Duration.ofDays(7)).flight(Duration.ZERO));

    // Then
    assertThat(clicks.snapshots()).hasSize(2);
    assertThat(report.notes()).isEmpty();
  }

  @Test
  void lastSnapshotsStayWhateverTheirAge() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.reseal("run-2", first, 4);
    clicks.reseal("run-3", first, 4);
    clicks.reseal("run-4", first, 4);

    // When
    run(everything().retainLast(3));

    // Then
    assertThat(clicks.snapshots()).hasSize(3);
    assertThat(clicks.missingFiles()).isEmpty();
  }

  @Test
  void snapshotsBeyondTheCountGoEvenIfTheyAreYoung() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.reseal("run-2", first, 4);
    clicks.reseal("run-3", first, 4);
    clicks.reseal("run-4", first, 4);

    // When
    run(ExpireSnapshots.olderThan(Duration.ofDays(7)).retainAtMost(2).flight(Duration.ZERO));

    // Then
    assertThat(clicks.snapshots()).hasSize(2);
  }

  @Test
  void taggedSnapshotStaysReadable() {
    // Given
    SealResult tagged = clicks.seal("run-1", first, 3);
    Map<LocalDate, String> totals = clicks.totals(tagged.snapshotId());
    clicks.iceberg().manageSnapshots().createTag("month-end", tagged.snapshotId()).commit();
    clicks.reseal("run-2", first, 4);
    clicks.reseal("run-3", first, 5);

    // When
    run(everything());

    // Then
    assertThat(clicks.snapshots()).hasSize(2);
    assertThat(clicks.totals(tagged.snapshotId())).isEqualTo(totals);
    assertThat(clicks.missingFiles()).isEmpty();
  }

  @Test
  void retentionSetOnMainItselfIsRefusedWhereItWouldExpireMore() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.publish(second, 2);
    clicks.reseal("run-2", first, 4);
    clicks.iceberg().manageSnapshots().setMaxSnapshotAgeMs("main", 1).commit();

    // When
    assertThatThrownBy(() -> run(everything()))
        // Then
        .isInstanceOf(MaintenanceFailedException.class)
        .hasCauseInstanceOf(RefusedException.class)
        .hasMessageContaining("the retention set on a branch or tag");
    assertThat(clicks.snapshots()).hasSize(3);
  }

  @Test
  void quarantineIsExpiredWithTheTable() {
    // Given
    clicks.publishLate();
    clicks.publishLate();
    clicks.publishLate();

    // When
    TaskReport report = run(everything());

    // Then
    assertThat(report.figure("late snapshots")).contains(new Figure("late snapshots", 3, 1));
    Table late = clicks.unified().late();
    late.refresh();
    assertThat(Iterables.size(late.snapshots())).isEqualTo(1);
  }

  @Test
  void dryRunTellsWhatWouldExpireAndChangesNothing() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.reseal("run-2", first, 4);

    // When
    MaintenanceReport report =
        MaintenanceRun.forTable(clicks.loader()).add(everything()).dryRun().run();

    // Then
    assertThat(clicks.snapshots()).hasSize(2);
    assertThat(report.tasks().get(0).figure("snapshots")).contains(new Figure("snapshots", 2, 1));
  }

  private static ExpireSnapshots everything() {
    return ExpireSnapshots.olderThan(Duration.ZERO).flight(Duration.ZERO);
  }

  private TaskReport run(ExpireSnapshots task) {
    return MaintenanceRun.forTable(clicks.loader()).add(task).run().tasks().get(0);
  }
}
