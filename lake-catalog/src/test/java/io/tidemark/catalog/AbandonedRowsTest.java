package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.Publish.SideRows;
import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that a run put aside before it ended, and that its successor puts aside again. */
class AbandonedRowsTest {

  private UnifiedTable table;

  @BeforeEach
  void createTable() {
    TableContract contract = Clicks.contract().layout(OpenLayout.EVENTS).build();
    table = UnifiedTable.createOrVerify(Clicks.catalog(), Clicks.ID, contract);
  }

  @Test
  void rowsOfAPublishThatNeverLandedAreTakenOutByATakeOver() {
    table.publish(publish("p-1", Set.of(), 1, 1));
    putAsideOnly(publish("p-2", Set.of("p-1"), 2, 3));
    table.takeOver("clicks", "t-1");

    table.publish(publish("p-2-anew", Set.of("t-1"), 2, 3));

    assertThat(rows(table.late())).isEqualTo(1 + 2);
    assertThat(rows(table.deadLetters())).isEqualTo(1 + 3);
  }

  @Test
  void rowsOfAnotherStreamStay() {
    putAsideOnly(publish("other", "o-1", Set.of(), 5, 5));
    putAsideOnly(publish("p-1", Set.of(), 2, 3));

    table.takeOver("clicks", "t-1");

    assertThat(rows(table.late())).isEqualTo(5);
    assertThat(table.publish(publish("other", "o-1", Set.of(), 5, 5)).alreadyCommitted()).isFalse();
  }

  @Test
  void rowsOfARecoveredPublishStayWhereTheNextOneReplacesIt() {
    table.publish(publish("p-1", Set.of(), 1, 1));
    putAsideOnly(publish("p-2", Set.of("p-1"), 2, 3));
    table.publish(publish("p-3", Set.of("p-1", "p-2"), 0, 0));

    table.takeOver("clicks", "t-1");

    assertThat(rows(table.late())).isEqualTo(1 + 2);
    assertThat(rows(table.deadLetters())).isEqualTo(1 + 3);
  }

  @Test
  void rowsOfARewoundRunAreTakenOutByTheRunThatWentOn() {
    table.publish(publish("p-1", Set.of(), 1, 1));
    putAsideOnly(publish("p-2", Set.of("p-1"), 2, 3));
    table.publish(publish("p-2-anew", Set.of("p-1"), 0, 0));

    table.publish(publish("p-3-anew", Set.of("p-2-anew"), 2, 3));

    assertThat(rows(table.late())).isEqualTo(1 + 2);
    assertThat(rows(table.deadLetters())).isEqualTo(1 + 3);
  }

  @Test
  void rowsOfAPublishThatWasRolledBackAreTakenOutThoughItsHistoryHasExpired() {
    table.publish(publish("p-1", Set.of(), 1, 1));
    long before = table.refresh().table().currentSnapshot().snapshotId();
    table.publish(publish("p-2", Set.of("p-1"), 2, 3));
    table.refresh().table().manageSnapshots().rollbackTo(before).commit();
    table.repair();
    long repaired = table.refresh().table().currentSnapshot().timestampMillis();
    table.table().expireSnapshots().expireOlderThan(repaired).cleanExpiredFiles(false).commit();

    table.takeOver("clicks", "t-1");

    assertThat(rows(table.late())).isEqualTo(1);
    assertThat(rows(table.deadLetters())).isEqualTo(1);
  }

  @Test
  void runBeforeATakeOverPutsNothingAside() {
    table.publish(publish("p-1", Set.of(), 1, 1));
    table.takeOver("clicks", "t-1");

    assertThatThrownBy(() -> table.publish(publish("p-2", Set.of("p-1"), 2, 3)))
        .isInstanceOf(StreamFencedException.class);

    assertThat(rows(table.late())).isEqualTo(1);
    assertThat(rows(table.deadLetters())).isEqualTo(1);
  }

  /** Leaves the table as a run does that ends between the side commits and the main one. */
  private void putAsideOnly(Publish publish) {
    assertThat(table.hasLanded(publish)).isFalse();
  }

  private Publish publish(String commitId, Set<String> parents, long late, long dead) {
    return publish("clicks", commitId, parents, late, dead);
  }

  private Publish publish(
      String streamId, String commitId, Set<String> parents, long late, long dead) {
    return new Publish(
        streamId,
        commitId,
        parents,
        List.of(),
        false,
        null,
        side(table.late(), late),
        side(table.deadLetters(), dead),
        null,
        Map.of());
  }

  private static SideRows side(Table side, long rows) {
    DataFile file =
        DataFiles.builder(side.spec())
            .withPath("%s/data/%s.parquet".formatted(side.location(), UUID.randomUUID()))
            .withFileSizeInBytes(100)
            .withRecordCount(rows)
            .build();
    return rows == 0 ? SideRows.NONE : new SideRows(List.of(file), rows, 0, 0);
  }

  private static long rows(Table side) {
    side.refresh();
    List<Long> counts = new ArrayList<>();
    side.newScan().planFiles().forEach(task -> counts.add(task.file().recordCount()));
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
