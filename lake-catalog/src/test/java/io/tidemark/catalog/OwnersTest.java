package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.ForeignWriteException;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.Publish.SideRows;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.ContractBuilder;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may write what, where somebody else was there before. */
class OwnersTest {

  private InMemoryCatalog catalog;
  private UnifiedTable table;
  private Window first;
  private Window second;

  @BeforeEach
  void createTable() {
    catalog = Clicks.catalog();
    create(Clicks.contract());
  }

  @Test
  void secondStreamIsRefusedTheCellsOfTheFirst() {
    table.publish(publish("a", "a-1", Set.of(), first, 10));

    assertThatThrownBy(() -> table.publish(publish("b", "b-1", Set.of(), first, 1)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it would replace the rows of stream a");
  }

  @Test
  void retiredStreamIsInheritedByATakeOverAndByNothingElse() {
    // Given
    table.publish(publish("a", "a-1", Set.of(), first, 10));
    table.retire("a", Duration.ZERO);
    assertThatThrownBy(() -> table.publish(publish("b", "b-1", Set.of(), first, 1)))
        .isInstanceOf(RefusedException.class);

    // When
    StreamToken token = table.takeOver("b", "b-0");

    // Then
    assertThat(token.positions()).containsEntry("clicks-0", "10");
    table.publish(publish("b", "b-1", Set.of("b-0"), first, 11));
    assertThatThrownBy(() -> table.takeOver("a", "a-2"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it would replace the rows of stream b");
  }

  @Test
  void streamsShareTheEventsOfATable() {
    create(Clicks.contract().layout(OpenLayout.EVENTS));
    table.publish(publish("a", "a-1", Set.of(), first, 10));

    table.publish(publish("b", "b-1", Set.of(), first, 1));

    assertThat(table.refresh().state().tokens()).containsOnlyKeys("a", "b");
  }

  @Test
  void foreignWriteIsRememberedWhereAMeasureIsAdded() {
    table.publish(publish("a", "a-1", Set.of(), first, 10));
    table.refresh().table().newAppend().appendFile(TableFiles.file(table, first.lo(), 3)).commit();

    table =
        UnifiedTable.createOrVerify(
            catalog,
            Clicks.ID,
            Clicks.contract().measure("views", Types.LongType.get(), new Merge.Sum()).build());

    assertThat(table.state().attention())
        .containsExactly(new Attention(first, Attention.Reason.FOREIGN_WRITE, 0));
    assertThatThrownBy(() -> table.publish(publish("a", "a-2", Set.of("a-1"), first, 11)))
        .isInstanceOf(ForeignWriteException.class);
  }

  @Test
  void sealWhoseSnapshotIsTaggedAndAloneLeftOfItsTimeIsNoRewrittenHistory() {
    // Given
    table.publish(publish("a", "a-1", Set.of(), first, 10));
    seal(first, TableFiles.file(table, first.lo(), 12));
    long sealed = table.refresh().table().currentSnapshot().snapshotId();
    table.table().manageSnapshots().createTag("month-end", sealed).commit();
    table.publish(publish("a", "a-2", Set.of("a-1"), second, 1));
    table.publish(publish("a", "a-3", Set.of("a-2"), second, 2));
    long now = table.refresh().table().currentSnapshot().timestampMillis();
    table.table().expireSnapshots().expireOlderThan(now).cleanExpiredFiles(false).commit();

    // When
    table.publish(publish("a", "a-4", Set.of("a-3"), second, 3));

    // Then
    assertThat(table.refresh().table().snapshots()).hasSizeLessThan(5);
    assertThat(table.state().token("a").orElseThrow().commitId()).isEqualTo("a-4");
  }

  @Test
  void fileInThePartitionOfAnotherWindowIsRefused() {
    PartitionData wrong = new PartitionData(table.table().spec().partitionType());
    wrong.set(0, (int) LocalDate.of(2026, 11, 21).toEpochDay());
    DataFile file =
        DataFiles.builder(table.table().spec())
            .copy(TableFiles.file(table, first.lo(), 12))
            .withPartition(wrong)
            .build();

    assertThatThrownBy(() -> seal(first, file))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("is in the partition of another window");
  }

  @Test
  void windowThatIsNotOverIsNotSealedWithoutAWordWhereNoStreamTells() {
    Window future = table.contract().window().parse("2999-01-01");

    assertThatThrownBy(() -> table.planSeal("run-1", future, Set.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it ends in the future");
    assertThat(table.planSeal("run-1", future, Set.of(Seal.Allow.AHEAD_OF_WATERMARK)).windows())
        .containsExactly(future);
  }

  @Test
  void firstPublishIsFencedWhereARepairOpensTheWindowThatItWasLateFor() {
    // Given
    create(Clicks.contract().layout(OpenLayout.EVENTS));
    table.publish(publish("other", "o-1", Set.of(), second, 1));
    long before = table.refresh().table().currentSnapshot().snapshotId();
    seal(first, TableFiles.file(table, first.lo(), 12));
    Publish late = publish("a", "a-1", Set.of(), first, 10);
    assertThat(table.hasLanded(withLateRow(late))).isFalse();
    table.refresh().table().manageSnapshots().rollbackTo(before).commit();

    // When
    table.repair();

    // Then
    assertThatThrownBy(() -> table.publish(late)).isInstanceOf(StreamFencedException.class);
    table.takeOver("a", "a-2");
    assertThat(table.late().currentSnapshot().summary()).containsEntry("total-records", "0");
  }

  @Test
  void firstPublishIsFencedByARepairAlthoughItPutNothingAsideBefore() {
    // Given
    create(Clicks.contract().layout(OpenLayout.EVENTS));
    table.publish(publish("other", "o-1", Set.of(), second, 1));
    long before = table.refresh().table().currentSnapshot().snapshotId();
    seal(first, TableFiles.file(table, first.lo(), 12));
    Publish late = withLateRow(publish("a", "a-1", Set.of(), second, 10));
    table.refresh().table().manageSnapshots().rollbackTo(before).commit();

    // When
    table.repair();

    // Then
    assertThatThrownBy(() -> table.publish(late)).isInstanceOf(StreamFencedException.class);
    Set<String> beginning = table.refresh().state().beginning();
    table.publish(publish("a", "a-2", beginning, first, 10));
    assertThat(table.refresh().state().token("a")).isPresent();
  }

  @Test
  void columnOfTheQuarantineIsNoColumnOfATable() {
    ContractBuilder asked =
        Clicks.contract().measure("reason", Types.LongType.get(), new Merge.Sum());

    assertThatThrownBy(asked::build)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("column reason is one that the quarantine adds");
  }

  private void create(ContractBuilder contract) {
    for (String name : List.of("clicks", "clicks__late", "clicks__dead")) {
      catalog.dropTable(TableIdentifier.of("ads", name));
    }
    table = UnifiedTable.createOrVerify(catalog, Clicks.ID, contract.build());
    first = table.contract().window().parse("2026-11-20");
    second = table.contract().window().next(first);
  }

  private void seal(Window window, DataFile file) {
    Set<Seal.Allow> allowed = Set.of(Seal.Allow.AHEAD_OF_WATERMARK);
    SealPlan plan = table.planSeal("run-1", window, allowed);
    table.seal(new Seal(plan, List.of(file), null, allowed));
  }

  private Publish publish(
      String stream, String commitId, Set<String> parents, Window window, long rows) {
    OpenFiles cell =
        new OpenFiles(window, 0, List.of(TableFiles.file(table, window.lo(), rows)), rows);
    return of(stream, commitId, parents, List.of(cell), SideRows.NONE, rows);
  }

  private Publish withLateRow(Publish publish) {
    DataFile row =
        DataFiles.builder(table.late().spec())
            .withPath(table.late().location() + "/data/late.parquet")
            .withFileSizeInBytes(1_000)
            .withRecordCount(1)
            .build();
    SideRows late = new SideRows(List.of(row), 1, 0, 0);
    return of(publish.streamId(), publish.commitId(), publish.parents(), List.of(), late, 10);
  }

  private static Publish of(
      String stream,
      String commitId,
      Set<String> parents,
      List<OpenFiles> cells,
      SideRows late,
      long position) {
    return new Publish(
        stream,
        commitId,
        parents,
        cells,
        false,
        null,
        late,
        SideRows.NONE,
        null,
        Map.of("clicks-0", Long.toString(position)));
  }
}
