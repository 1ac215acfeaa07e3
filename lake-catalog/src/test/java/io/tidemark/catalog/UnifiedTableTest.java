package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.ForeignWriteException;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.PublishResult;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.RepairReport;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowUnit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnifiedTableTest {

  private InMemoryCatalog catalog;
  private UnifiedTable table;
  private Window first;
  private Window second;
  private Set<String> parents = Set.of();

  @BeforeEach
  void createTable() {
    catalog = Clicks.catalog();
    table = UnifiedTable.createOrVerify(catalog, Clicks.ID, Clicks.contract().build());
    first = table.contract().window().parse("2026-11-20");
    second = table.contract().window().next(first);
  }

  @Test
  void windowBelongsToTheStreamUntilTheSealAndToTheBatchAfterIt() {
    publish(first.hi(), cell(first, 10), cell(second, 5));

    SealResult result = seal("run-1", first, 12);

    assertThat(result.rowsBefore()).isEqualTo(10);
    assertThat(result.rowsAfter()).isEqualTo(12);
    assertThat(result.boundary()).isEqualTo(first.hi());
    assertThat(rows()).isEqualTo(12 + 5);
  }

  @Test
  void publishReplacesTheCellsItTouches() {
    publish(first.lo(), cell(first, 10), cell(second, 5));

    publish(first.lo(), cell(first, 11));

    assertThat(rows()).isEqualTo(11 + 5);
  }

  @Test
  void imageOfAClosedWindowIsLeftOutAndCounted() {
    publish(first.hi(), cell(first, 10));
    seal("run-1", first, 12);

    PublishResult result = publish(first.hi(), cell(first, 13), cell(second, 1));

    assertThat(result.leftOut()).containsExactly(first);
    assertThat(rows()).isEqualTo(12 + 1);
    assertThat(table.refresh().state().attention())
        .containsExactly(new Attention(first, Attention.Reason.LATE, 13));
  }

  @Test
  void samePublishAgainIsANoOp() {
    Publish publish = publishOf(first.lo(), cell(first, 10));
    table.publish(publish);

    PublishResult again = table.publish(publish);

    assertThat(again.alreadyCommitted()).isTrue();
    assertThat(rows()).isEqualTo(10);
  }

  @Test
  void samePublishAgainTellsWhatWasLeftOut() {
    publish(first.hi(), cell(first, 10));
    seal("run-1", first, 12);
    Publish publish = publishOf(first.hi(), cell(first, 13), cell(second, 1));
    PublishResult once = table.publish(publish);

    PublishResult again = table.publish(publish);

    assertThat(again.leftOut()).isEqualTo(once.leftOut()).containsExactly(first);
    assertThat(again.contributionsLeftOut()).isEqualTo(13);
  }

  @Test
  void forkOfAStreamIsFenced() {
    publish(first.lo(), cell(first, 10));
    Set<String> fork = parents;
    publish(first.lo(), cell(first, 11));
    parents = fork;

    assertThatThrownBy(() -> publish(first.lo(), cell(first, 12)))
        .isInstanceOf(StreamFencedException.class);
    assertThat(rows()).isEqualTo(11);
  }

  @Test
  void takeOverFencesTheRunBefore() {
    publish(first.lo(), cell(first, 10));

    table.takeOver("clicks", "t-1");

    assertThatThrownBy(() -> publish(first.lo(), cell(first, 12)))
        .isInstanceOf(StreamFencedException.class);
  }

  @Test
  void sealAheadOfTheWatermarkNeedsAWord() {
    publish(first.lo(), cell(first, 10));

    assertThatThrownBy(() -> table.planSeal("run-1", first, Set.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("complete to " + first.lo());
  }

  @Test
  void sealOfAClosedWindowIsRefusedAndTheSameRunIsANoOp() {
    publish(first.hi(), cell(first, 10));
    seal("run-1", first, 12);

    assertThat(table.planSeal("run-1", first, Set.of()).alreadySealed()).isTrue();
    assertThatThrownBy(() -> table.planSeal("run-2", first, Set.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("version 1");
  }

  @Test
  void resealMakesTheNextVersion() {
    publish(first.hi(), cell(first, 10));
    seal("run-1", first, 12);

    SealPlan plan = table.planReseal("run-2", first);
    table.seal(new Seal(plan, List.of(file(first, 14)), null, Set.of()));

    assertThat(rows()).isEqualTo(14);
    assertThat(table.refresh().state().closed().version(first)).isEqualTo(2);
  }

  @Test
  void secondOfTwoSealersIsRefused() {
    publish(first.hi(), cell(first, 10));
    SealPlan one = table.planSeal("run-1", first, Set.of());
    SealPlan two = table.planSeal("run-2", first, Set.of());
    table.seal(new Seal(one, List.of(file(first, 12)), null, Set.of()));

    assertThatThrownBy(() -> table.seal(new Seal(two, List.of(file(first, 13)), null, Set.of())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("another run sealed it meanwhile");
    assertThat(rows()).isEqualTo(12);
  }

  @Test
  void emptyingAWindowNeedsAWord() {
    publish(first.hi(), cell(first, 10));
    SealPlan plan = table.planSeal("run-1", first, Set.of());

    assertThatThrownBy(() -> table.seal(new Seal(plan, List.of(), null, Set.of())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("brings none");

    table.seal(new Seal(plan, List.of(), null, Set.of(Seal.Allow.EMPTY_WINDOW)));
    assertThat(rows()).isZero();
  }

  @Test
  void fileOutsideTheWindowIsRefused() {
    publish(first.hi(), cell(first, 10));
    SealPlan plan = table.planSeal("run-1", first, Set.of());

    assertThatThrownBy(() -> table.seal(new Seal(plan, List.of(file(second, 12)), null, Set.of())))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("first period=" + second.lo());
  }

  @Test
  void outOfOrderSealIsAnIslandAndTheBoundaryStays() {
    publish(second.hi(), cell(first, 10), cell(second, 5));

    SealResult result = seal("run-1", second, 6);

    assertThat(result.boundary()).isEqualTo(first.lo());
    assertThat(table.refresh().state().closed().holes(first.lo())).containsExactly(first);
  }

  @Test
  void foreignInsertIntoAnOpenWindowStopsTheStreamUntilRepair() {
    publish(first.lo(), cell(first, 10));
    table.table().newAppend().appendFile(file(first, 3)).commit();

    assertThatThrownBy(() -> publish(first.lo(), cell(first, 11)))
        .isInstanceOf(ForeignWriteException.class);

    table.repair();
    publish(first.lo(), cell(first, 11));
    assertThat(rows()).isEqualTo(11);
  }

  @Test
  void cutIsKeptWhereTheContractComparesRowsWithIt() {
    // Given
    TableIdentifier id = TableIdentifier.of("ads", "seen");
    TableContract comparing =
        Clicks.contract()
            .measure("seen_at", Types.TimestampType.withZone(), new Merge.Max())
            .coveredBy("seen_at")
            .build();
    table = UnifiedTable.createOrVerify(catalog, id, comparing);

    // When
    table.seal(sealUpTo("2026-11-21T18:00:00+00:00", table.planSeal("run-1", first, Set.of())));

    // Then
    assertThat(table.refresh().state().cuts().of(first)).hasValue("2026-11-21T18:00:00+00:00");
    table.seal(sealUpTo(null, table.planReseal("run-2", first)));
    assertThat(table.refresh().state().cuts().of(first)).isEmpty();
    SealPlan third = table.planReseal("run-3", first);
    assertThatThrownBy(() -> table.seal(sealUpTo("0/16B3748", third)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("Cannot compare cut '0/16B3748' with column seen_at");
  }

  private Seal sealUpTo(@Nullable String cut, SealPlan plan) {
    return new Seal(plan, List.of(file(first, 12)), cut, Set.of());
  }

  @Test
  void foreignInsertIntoAClosedWindowIsListed() {
    publish(first.hi(), cell(first, 10));
    seal("run-1", first, 12);
    table.refresh().table().newAppend().appendFile(file(first, 3)).commit();

    publish(first.hi(), cell(second, 1));

    assertThat(table.refresh().state().attention())
        .containsExactly(new Attention(first, Attention.Reason.FOREIGN_WRITE, 0));
  }

  @Test
  void rollbackBehindASealStopsEveryWriterUntilRepair() {
    publish(first.hi(), cell(first, 10));
    long before = table.refresh().table().currentSnapshot().snapshotId();
    seal("run-1", first, 12);
    table.refresh().table().manageSnapshots().rollbackTo(before).commit();

    assertThatThrownBy(() -> publish(first.hi(), cell(second, 1)))
        .isInstanceOf(HistoryRewrittenException.class);

    RepairReport report = table.repair();
    assertThat(report.reopened()).containsExactly(first);
    assertThat(table.refresh().state().closed().isClosed(first)).isFalse();
    assertThat(table.state().attention())
        .contains(new Attention(first, Attention.Reason.HISTORY_REWRITTEN, 0));
    assertThatThrownBy(() -> publish(first.hi(), cell(second, 1)))
        .isInstanceOf(StreamFencedException.class);
    table.takeOver("clicks", "anew");
    parents = Set.of("anew");
    publish(first.hi(), cell(second, 1));
    assertThat(rows()).isEqualTo(10 + 1);
  }

  @Test
  void reimageReplacesEveryOpenWindowAndNoClosedOne() {
    publish(first.hi(), cell(first, 10), cell(second, 5));
    seal("run-1", first, 12);
    Publish publish =
        new Publish(
            "clicks",
            UUID.randomUUID().toString(),
            parents,
            List.of(cell(second, 7)),
            true,
            null,
            Publish.SideRows.NONE,
            Publish.SideRows.NONE,
            first.hi(),
            Map.of());

    table.publish(publish);

    assertThat(rows()).isEqualTo(12 + 7);
  }

  @Test
  void measureIsAddedAndAnythingElseIsRefused() {
    UnifiedTable evolved =
        UnifiedTable.createOrVerify(
            catalog,
            Clicks.ID,
            Clicks.contract().measure("views", Types.LongType.get(), new Merge.Sum()).build());

    assertThat(evolved.contract().columns()).contains("views");
    assertThat(evolved.table().schema().findField("views")).isNotNull();
    assertThat(evolved.late().schema().findField("views")).isNotNull();
    assertThatThrownBy(
            () ->
                UnifiedTable.createOrVerify(
                    catalog,
                    Clicks.ID,
                    Clicks.contract()
                        .window(WindowUnit.DAY, ZoneId.of("UTC"), LocalDate.of(2026, 11, 20))
                        .build()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("window: the table has");
  }

  private PublishResult publish(Instant watermark, OpenFiles... cells) {
    Publish publish = publishOf(watermark, cells);
    PublishResult result = table.publish(publish);
    parents = Set.of(publish.commitId());
    return result;
  }

  private Publish publishOf(Instant watermark, OpenFiles... cells) {
    return new Publish(
        "clicks",
        UUID.randomUUID().toString(),
        parents,
        List.of(cells),
        false,
        null,
        Publish.SideRows.NONE,
        Publish.SideRows.NONE,
        watermark,
        Map.of());
  }

  private SealResult seal(String runId, Window window, long rows) {
    SealPlan plan = table.planSeal(runId, window, Set.of());
    return table.seal(new Seal(plan, List.of(file(window, rows)), null, Set.of()));
  }

  private OpenFiles cell(Window window, long rows) {
    return new OpenFiles(window, 0, List.of(file(window, rows)), rows);
  }

  private DataFile file(Window window, long rows) {
    return TableFiles.file(table, window.lo(), rows);
  }

  private long rows() {
    List<Long> counts = new ArrayList<>();
    table
        .refresh()
        .table()
        .newScan()
        .planFiles()
        .forEach(task -> counts.add(task.file().recordCount()));
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
