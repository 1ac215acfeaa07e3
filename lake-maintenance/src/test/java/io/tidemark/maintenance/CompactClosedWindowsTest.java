package io.tidemark.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.window.Window;
import io.tidemark.fixtures.EmbeddedFlink;
import io.tidemark.maintenance.internal.Compaction;
import io.tidemark.maintenance.internal.CompactionLimits;
import io.tidemark.maintenance.internal.CompactionPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.MemorySize;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactClosedWindowsTest {

  private static final CompactionLimits LIMITS =
      new CompactionLimits(16 << 20, 2, Long.MAX_VALUE, 16 << 20, 1);

  @TempDir private static Path flinkDirectory;
  private static EmbeddedFlink flink;

  @TempDir private Path directory;
  private ClicksTable clicks;
  private Window first;
  private Window second;
  private Window third;

  @BeforeAll
  static void startFlink() {
    flink = EmbeddedFlink.start(flinkDirectory, 2);
  }

  @AfterAll
  static void stopFlink() {
    flink.close();
  }

  @BeforeEach
  void createTable() {
    clicks = ClicksTable.create(directory);
    first = clicks.day("2026-11-19");
    second = clicks.day("2026-11-20");
    third = clicks.day("2026-11-21");
  }

  @AfterEach
  void closeTable() {
    clicks.close();
  }

  @Test
  void smallFilesOfAClosedWindowBecomeOneAndNoRowChanges() {
    // Given
    clicks.seal("run-1", first, 6);
    List<String> before = clicks.rows(clicks.head());

    // When
    MaintenanceReport report = compact(task());

    // Then
    assertThat(clicks.filesOf(first)).hasSize(1);
    assertThat(clicks.rows(clicks.head())).containsExactlyInAnyOrderElementsOf(before);
    assertThat(figure(report, "files")).isEqualTo(new Figure("files", 6, 1));
    assertThat(figure(report, "rows")).isEqualTo(new Figure("rows", 60, 60));
    assertThat(figure(report, "windows")).isEqualTo(new Figure("windows", 1, 1));
  }

  @Test
  void everySnapshotKeepsItsTotals() {
    // Given
    clicks.publish(third, 3);
    clicks.seal("run-1", first, 6);
    clicks.seal("run-2", second, 4);
    Map<?, ?> before = clicks.totals(clicks.head());

    // When
    compact(task().maxCommits(2));

    // Then
    clicks.snapshots().stream()
        .filter(s -> s.summary().containsValue("maintenance"))
        .forEach(s -> assertThat(clicks.totals(s.snapshotId())).isEqualTo(before));
    assertThat(clicks.snapshots())
        .filteredOn(s -> s.summary().containsValue("maintenance"))
        .hasSize(2);
  }

  @Test
  void openWindowsAreLeftAlone() {
    // Given
    clicks.publish(second, 5);
    clicks.seal("run-1", first, 3);
    List<String> open = paths(second);

    // When
    compact(task());

    // Then
    assertThat(paths(second)).containsExactlyInAnyOrderElementsOf(open);
    assertThat(clicks.filesOf(first)).hasSize(1);
  }

  @Test
  void rowsOfACompactedFileAreInTheTablesSortOrder() {
    // Given
    clicks.seal("run-1", first, 4);

    // When
    compact(task());

    // Then
    List<String> rows = clicks.rows(clicks.head());
    assertThat(rows).isSortedAccordingTo((a, b) -> hour(a).compareTo(hour(b)));
    assertThat(clicks.filesOf(first))
        .allSatisfy(
            f -> assertThat(f.sortOrderId()).isEqualTo(clicks.iceberg().sortOrder().orderId()));
  }

  @Test
  void groupBeyondTheSortMemoryIsCompactedUnsorted() {
    // Given
    clicks.seal("run-1", first, 4);

    // When
    compact(task().sortMemory(MemorySize.ZERO));

    // Then
    assertThat(clicks.filesOf(first)).hasSize(1);
    assertThat(clicks.filesOf(first)).allSatisfy(f -> assertThat(f.sortOrderId()).isEqualTo(0));
  }

  @Test
  void deletedRowsStayDeleted() {
    // Given
    clicks.seal("run-1", first, 4);
    clicks.deleteFirstRow(clicks.filesOf(first).get(0));
    List<String> before = clicks.rows(clicks.head());

    // When
    MaintenanceReport report = compact(task());

    // Then
    assertThat(before).hasSize(39);
    assertThat(clicks.rows(clicks.head())).containsExactlyInAnyOrderElementsOf(before);
    assertThat(figure(report, "rows")).isEqualTo(new Figure("rows", 39, 39));
    assertThat(clicks.filesOf(first)).hasSize(1);
  }

  @Test
  void filesOfAnEarlierSpecComeOutInTheCurrentOne() {
    // Given
    clicks.seal("run-1", first, 4);
    clicks.iceberg().updateSpec().addField(Expressions.bucket("campaign_id", 2)).commit();
    Map<?, ?> before = clicks.totals(clicks.head());

    // When
    compact(task());

    // Then
    assertThat(clicks.totals(clicks.head())).isEqualTo(before);
    assertThat(clicks.filesOf(first))
        .hasSize(2)
        .allSatisfy(f -> assertThat(f.specId()).isEqualTo(clicks.iceberg().spec().specId()));
    long head = clicks.head();
    compact(task());
    assertThat(clicks.head()).isEqualTo(head);
  }

  @Test
  void measureAddedSinceIsNull() {
    // Given
    clicks.seal("run-1", first, 4);
    Map<?, ?> before = clicks.totals(clicks.head());
    UnifiedTable.createOrVerify(
        clicks.catalog(),
        clicks.loader().identifier(),
        ClicksTable.contract().measure("views", Types.LongType.get(), new Merge.Sum()).build());

    // When
    compact(task());

    // Then
    assertThat(clicks.filesOf(first)).hasSize(1);
    assertThat(clicks.totals(clicks.head())).isEqualTo(before);
  }

  @Test
  void rowsKeepTheirIdsInAFormatThatHasThem() {
    // Given
    clicks.iceberg().updateProperties().set("format-version", "3").commit();
    clicks.seal("run-1", first, 4);
    List<String> before = clicks.rowIds();

    // When
    compact(task());

    // Then
    assertThat(clicks.filesOf(first)).hasSize(1);
    assertThat(before).hasSize(40).doesNotHaveDuplicates();
    assertThat(clicks.rowIds()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void secondRunFindsNothingToDo() {
    // Given
    clicks.seal("run-1", first, 6);
    compact(task());
    long head = clicks.head();

    // When
    MaintenanceReport report = compact(task());

    // Then
    assertThat(clicks.head()).isEqualTo(head);
    assertThat(figure(report, "files")).isEqualTo(new Figure("files", 0, 0));
  }

  @Test
  void singleSmallFileIsLeftAlone() {
    // Given
    clicks.seal("run-1", first, 1);
    List<String> before = paths(first);

    // When
    compact(task());

    // Then
    assertThat(paths(first)).isEqualTo(before);
  }

  @Test
  void filesThatWouldComeOutAsManyAreLeftAlone() {
    // Given: two files of about seven tenths of the target
    clicks.seal("run-1", first, 2);
    long size = clicks.filesOf(first).get(0).fileSizeInBytes();

    // When
    MaintenanceReport report =
        compact(CompactClosedWindows.targetFileSize(new MemorySize(size * 10 / 7)));

    // Then
    assertThat(figure(report, "files")).isEqualTo(new Figure("files", 0, 0));
  }

  @Test
  void fewerFilesThanTheMinimumAreLeftAlone() {
    // Given
    clicks.seal("run-1", first, 3);

    // When
    compact(task().minInputFiles(4));

    // Then
    assertThat(clicks.filesOf(first)).hasSize(3);
  }

  @Test
  void windowsBeyondTheBytesOfARunAreSkippedOldestFirst() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.seal("run-2", second, 3);
    long bytes = clicks.filesOf(second).stream().mapToLong(DataFile::fileSizeInBytes).sum();

    // When
    MaintenanceReport report = compact(task().maxBytesPerRun(new MemorySize(bytes)));

    // Then
    assertThat(clicks.filesOf(second)).hasSize(1);
    assertThat(clicks.filesOf(first)).hasSize(3);
    assertThat(report.task("compact-closed-windows").orElseThrow().skipped())
        .singleElement()
        .satisfies(s -> assertThat(s.subject()).isEqualTo(first.toString()));
  }

  @Test
  void windowResealedBetweenPlanAndCommitIsSkippedAndTheOtherLands() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.seal("run-2", second, 3);

    CompactionPlan plan = CompactionPlan.of(clicks.unified(), LIMITS);
    clicks.reseal("run-3", first, 4);

    // When
    TaskReport report = new Compaction("compact", context(), LIMITS).run(plan);

    // Then
    assertThat(clicks.filesOf(second)).hasSize(1);
    assertThat(clicks.filesOf(first)).hasSize(4);
    assertThat(clicks.unified().state().closed().version(first)).isEqualTo(2);
    assertThat(report.failed()).isFalse();
    assertThat(report.skipped())
        .singleElement()
        .satisfies(s -> assertThat(s.reason()).contains("version 1, it has 2 now"));
    assertThat(clicks.orphans()).isEmpty();
  }

  @Test
  void windowWhoseFilesWentWithAResealIsSkipped() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.seal("run-2", second, 3);
    CompactionPlan plan = CompactionPlan.of(clicks.unified(), LIMITS);
    String gone = clicks.filesOf(first).get(0).location();
    clicks.reseal("run-3", first, 4);
    clicks.iceberg().io().deleteFile(gone);

    // When
    TaskReport report = new Compaction("compact", context(), LIMITS).run(plan);

    // Then
    assertThat(clicks.filesOf(second)).hasSize(1);
    assertThat(report.failed()).isFalse();
    assertThat(report.skipped())
        .containsExactly(new TaskReport.Skipped(first.toString(), "it was resealed meanwhile"));
  }

  @Test
  void dryRunTellsWhatItWouldDoAndChangesNothing() {
    // Given
    clicks.seal("run-1", first, 6);
    long head = clicks.head();

    // When
    MaintenanceReport report =
        MaintenanceRun.forTable(clicks.loader())
            .environment(flink.environment())
            .add(task())
            .dryRun()
            .run();

    // Then
    assertThat(clicks.head()).isEqualTo(head);
    assertThat(figure(report, "files")).isEqualTo(new Figure("files", 6, 1));
    assertThat(report.dryRun()).isTrue();
  }

  @Test
  void unreadableFileFailsTheRunAndTheOtherWindowLands() {
    // Given
    clicks.seal("run-1", first, 3);
    clicks.seal("run-2", second, 3);
    clicks.iceberg().io().deleteFile(clicks.filesOf(first).get(0).location());

    // When
    assertThatThrownBy(() -> compact(task()))
        // Then
        .isInstanceOfSatisfying(
            MaintenanceFailedException.class,
            e -> assertThat(figure(e.report(), "files")).isEqualTo(new Figure("files", 3, 1)))
        .hasMessageContaining("compact-closed-windows failed");
    assertThat(clicks.filesOf(second)).hasSize(1);
    assertThat(clicks.filesOf(first)).hasSize(3);
  }

  private static CompactClosedWindows task() {
    return CompactClosedWindows.targetFileSize(MemorySize.ofMebiBytes(16));
  }

  private TaskContext context() {
    return new TaskContext(
        clicks.loader(), clicks.catalog(), clicks.unified(), flink.environment(), false);
  }

  private MaintenanceReport compact(MaintenanceTask task) {
    return MaintenanceRun.forTable(clicks.loader())
        .environment(flink.environment())
        .add(task)
        .run();
  }

  private static Figure figure(MaintenanceReport report, String name) {
    return report.tasks().get(0).figure(name).orElseThrow();
  }

  private List<String> paths(Window window) {
    return clicks.filesOf(window).stream().map(DataFile::location).toList();
  }

  private static String hour(String row) {
    return row.substring(row.indexOf('[') + 1, row.indexOf(','));
  }
}
