package io.tidemark.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.ledger.Drift;
import io.tidemark.catalog.ledger.WindowsLedger;
import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateLedgerTest {

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
  void everySealedWindowHasARowPerMeasureWithItsDrift() {
    // Given
    clicks.publish(first, 2);
    SealResult seal = clicks.seal("run-1", first, 2);

    // When
    run(UpdateLedger.withMissingSeals());

    // Then
    List<Record> rows = ledger();
    assertThat(rows)
        .extracting(r -> r.getField("measure"))
        .containsExactly("count(*)", "clicks", "cost");
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.getField("table_name")).isEqualTo("ads.clicks");
              assertThat(row.getField("window_lo")).hasToString("2026-11-18T15:00Z");
              assertThat(row.getField("window_hi")).hasToString("2026-11-19T15:00Z");
              assertThat(row.getField("version")).isEqualTo(1);
              assertThat(row.getField("state")).isEqualTo("closed");
              assertThat(row.getField("run_id")).isEqualTo("run-1");
              assertThat(row.getField("cut")).isEqualTo("cut-run-1");
              assertThat(row.getField("snapshot_id")).isEqualTo(seal.snapshotId());
            });
    assertThat(values(rows.get(0))).containsExactly("20", "20", "0");
    // Every sealed row costs a cent more than the stream had said.
    assertThat(values(rows.get(2))).containsExactly("32.7", "32.9", "0.2");
  }

  @Test
  void resealSupersedesTheVersionBefore() {
    // Given
    clicks.seal("run-1", first, 2);
    run(UpdateLedger.withMissingSeals());
    clicks.reseal("run-2", first, 3);

    // When
    run(UpdateLedger.withMissingSeals());

    // Then
    assertThat(ledger())
        .filteredOn(r -> r.getField("measure").equals("count(*)"))
        .extracting(r -> r.getField("version") + " " + r.getField("state") + " " + values(r))
        .containsExactly("1 superseded [0, 20, 20]", "2 closed [20, 30, 10]");
  }

  @Test
  void updateAgainChangesNothing() {
    // Given
    clicks.seal("run-1", first, 2);
    run(UpdateLedger.withMissingSeals());
    long head = ledgerTable().currentSnapshot().snapshotId();

    // When
    TaskReport report = run(UpdateLedger.withMissingSeals());

    // Then
    assertThat(ledgerTable().currentSnapshot().snapshotId()).isEqualTo(head);
    assertThat(report.figure("seals to record")).contains(new Figure("seals to record", 0, 0));
  }

  @Test
  void recordedSealIsTheSameAsAnUpdateWouldWrite() {
    // Given
    clicks.publish(first, 2);
    SealResult seal = clicks.seal("run-1", first, 3);
    WindowsLedger ledger = WindowsLedger.of(clicks.catalog(), clicks.unified());

    // When
    boolean written = ledger.record(seal, Drift.of(clicks.unified(), seal));

    // Then
    assertThat(written).isTrue();
    assertThat(ledger.missing()).isZero();
    assertThat(ledger.rebuild()).isFalse();
  }

  @Test
  void whatTheLedgerKnewOutlivesTheSnapshotsUntilARebuild() {
    // Given
    clicks.publish(first, 2);
    clicks.seal("run-1", first, 2);
    run(UpdateLedger.withMissingSeals());
    clicks.publishNothing();
    run(ExpireSnapshots.olderThan(Duration.ZERO).flight(Duration.ZERO));
    run(UpdateLedger.withMissingSeals());
    assertThat(values(ledger().get(2))).containsExactly("32.7", "32.9", "0.2");

    // When
    run(UpdateLedger.fromScratch());

    // Then
    List<Record> rows = ledger();
    assertThat(rows).hasSize(3);
    assertThat(values(rows.get(2))).containsExactly(null, null, null);
    assertThat(rows.get(2).getField("state")).isEqualTo("closed");
    assertThat(rows.get(2).getField("run_id")).isNull();
  }

  @Test
  void sealWhoseParentExpiredHasNoDrift() {
    // Given
    clicks.publish(second, 1);
    clicks.publish(first, 2);
    clicks.seal("run-1", first, 2);
    run(ExpireSnapshots.olderThan(Duration.ZERO).flight(Duration.ZERO));
    long parent = clicks.iceberg().currentSnapshot().parentId();
    clicks.iceberg().expireSnapshots().expireSnapshotId(parent).commit();

    // When
    run(UpdateLedger.withMissingSeals());

    // Then
    assertThat(values(ledger().get(0))).containsExactly(null, "20", null);
    assertThat(values(ledger().get(2))).containsExactly(null, "32.9", null);
  }

  @Test
  void windowOpenedByARepairIsOpen() {
    // Given
    clicks.publish(second, 1);
    long before = clicks.head();
    clicks.seal("run-1", first, 2);
    run(UpdateLedger.withMissingSeals());
    clicks.iceberg().manageSnapshots().rollbackTo(before).commit();
    clicks.unified().repair();

    // When
    run(UpdateLedger.withMissingSeals());

    // Then
    assertThat(ledger()).extracting(r -> r.getField("state")).containsOnly("open");
  }

  @Test
  void twoTablesShareALedger() {
    // Given
    clicks.seal("run-1", first, 2);
    run(UpdateLedger.withMissingSeals());
    try (ClicksTable views = ClicksTable.create(directory, "ads.views")) {
      views.seal("run-1", first, 1);

      // When
      MaintenanceRun.forTable(views.loader()).add(UpdateLedger.withMissingSeals()).run();
    }

    // Then
    assertThat(ledger())
        .extracting(r -> r.getField("table_name"))
        .containsOnly("ads.clicks", "ads.views")
        .hasSize(6);
  }

  @Test
  void ledgerIsExpiredWithItsTable() {
    // Given
    clicks.seal("run-1", first, 2);
    run(UpdateLedger.withMissingSeals());
    clicks.reseal("run-2", first, 3);
    run(UpdateLedger.withMissingSeals());

    // When
    TaskReport report = run(ExpireSnapshots.olderThan(Duration.ZERO).flight(Duration.ZERO));

    // Then
    assertThat(report.figure("ledger snapshots")).contains(new Figure("ledger snapshots", 2, 1));
    assertThat(ledger()).hasSize(6);
  }

  @Test
  void dryRunCountsAndWritesNothing() {
    // Given
    clicks.seal("run-1", first, 2);

    // When
    MaintenanceReport report =
        MaintenanceRun.forTable(clicks.loader())
            .add(UpdateLedger.withMissingSeals())
            .dryRun()
            .run();

    // Then
    assertThat(report.tasks().get(0).figure("seals to record"))
        .contains(new Figure("seals to record", 1, 0));
    assertThat(
            clicks.catalog().tableExists(WindowsLedger.identifierOf(clicks.loader().identifier())))
        .isFalse();
  }

  private TaskReport run(MaintenanceTask task) {
    return MaintenanceRun.forTable(clicks.loader()).add(task).run().tasks().get(0);
  }

  private Table ledgerTable() {
    return clicks.catalog().loadTable(WindowsLedger.identifierOf(clicks.loader().identifier()));
  }

  private List<Record> ledger() {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(ledgerTable()).build()) {
      records.forEach(record -> rows.add(record.copy()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static List<String> values(Record row) {
    List<String> values = new ArrayList<>();
    for (String column : List.of("stream_value", "batch_value", "drift")) {
      BigDecimal value = (BigDecimal) row.getField(column);
      values.add(value == null ? null : value.stripTrailingZeros().toPlainString());
    }
    return values;
  }
}
