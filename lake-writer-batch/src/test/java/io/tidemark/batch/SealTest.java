package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.batch.internal.seal.RowLayout;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Seal.Allow;
import io.tidemark.catalog.window.Window;
import io.tidemark.fixtures.EmbeddedFlink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seals from a stream of rows. */
class SealTest {

  private static final AdRow LIVE_FIRST = AdRow.at("2026-11-20T00:00+09:00", 1, 5, "1.00");
  private static final AdRow LIVE_LAST = AdRow.at("2026-11-20T23:00+09:00", 2, 6, "2.00");
  private static final AdRow LIVE_NEXT = AdRow.at("2026-11-21T00:00+09:00", 1, 7, "3.00");
  private static final AdRow FIRST = AdRow.at("2026-11-20T00:00+09:00", 1, 4, "0.90");
  private static final AdRow LAST = AdRow.at("2026-11-20T23:00+09:00", 2, 6, "2.10");

  private static EmbeddedFlink flink;

  @TempDir Path directory;

  private AdsTable ads;
  private Window day;

  @BeforeAll
  static void startFlink(@TempDir Path directory) {
    flink = EmbeddedFlink.start(directory, 2);
  }

  @AfterAll
  static void stopFlink() {
    flink.close();
  }

  @BeforeEach
  void publish() {
    ads = AdsTable.create(directory);
    day = ads.window("2026-11-20");
    ads.publish(LIVE_FIRST, LIVE_LAST, LIVE_NEXT);
  }

  @AfterEach
  void closeTable() {
    ads.close();
  }

  @Test
  void rowsOfTheWindowAreReplacedFromItsFirstPeriodToItsLast() throws Exception {
    // When
    SealReport report = seal("run-1", day, FIRST, LAST);

    // Then
    assertThat(ads.rows())
        .containsExactlyInAnyOrder(FIRST.text("final"), LAST.text("final"), LIVE_NEXT.text("live"));
    assertThat(ads.table().state().closed().isClosed(day)).isTrue();
    assertThat(report.rowsBefore()).isEqualTo(2);
    assertThat(report.rowsAfter()).isEqualTo(2);
    assertThat(report.alreadySealed()).isFalse();
  }

  @Test
  void reportTellsTheDrift() throws Exception {
    SealReport report = seal("run-1", day, FIRST, LAST);

    assertThat(report.toString())
        .contains("ads.campaign_hourly [2026-11-20, 2026-11-21) sealed by run run-1: 2 rows for 2")
        .contains(
            "drift [2026-11-20, 2026-11-21): rows 2 -> 2, impressions 110 -> 100 (-10), clicks 11 -> 10 (-1), cost 3.00 -> 3.00 (0.00)");
  }

  @Test
  void oneWriterMaySealForAll() throws Exception {
    run(
        seal -> seal.table(ads.loader()).window(day).runId("run-1").writeParallelism(1),
        "run-1",
        FIRST,
        LAST);

    assertThat(ads.rows())
        .containsExactlyInAnyOrder(FIRST.text("final"), LAST.text("final"), LIVE_NEXT.text("live"));
  }

  @Test
  void noWritersAndBlankRunIdsAreBadRequests() {
    Seal seal = Seal.forRowData(flink.environment().fromData(rowType(), FIRST.data()));

    assertThatThrownBy(() -> seal.writeParallelism(0))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("Cannot seal with 0 writers: at least one has to write");
    assertThatThrownBy(() -> seal.runId(" "))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("the run id is blank");
  }

  @Test
  void rowAtTheEndOfTheWindowIsRefusedAndNothingIsLeftBehind() {
    // Given
    List<String> rows = ads.rows();
    List<Path> files = ads.storedFiles();

    // Then
    assertThatThrownBy(
            () ->
                seal(
                    "run-1",
                    day,
                    FIRST,
                    LIVE_NEXT,
                    AdRow.at("2026-11-22T05:00+09:00", 1, 1, "1.00"),
                    AdRow.at("2026-11-19T23:00+09:00", 1, 1, "1.00")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "Cannot seal ads.campaign_hourly [2026-11-20, 2026-11-21): 3 rows outside the window, first hour=2026-11-19T14:00Z. Nothing was committed.");
    assertThat(ads.rows()).isEqualTo(rows);
    assertThat(ads.storedFiles()).isEqualTo(files);
  }

  @Test
  void periodsOffTheGrainAreRefused() {
    assertThatThrownBy(
            () ->
                seal(
                    "run-1",
                    day,
                    FIRST,
                    AdRow.at("2026-11-20T07:30+09:00", 1, 1, "1.00"),
                    AdRow.at("2026-11-20T06:00:01+09:00", 1, 1, "1.00")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(
            ": 2 rows with a period that is no edge of its grain, first hour=2026-11-19T21:00:01Z.");
  }

  @Test
  void changesThatTakeRowsBackAreABadRequest() {
    RowData deleted = LAST.data();
    deleted.setRowKind(RowKind.DELETE);
    DataStream<RowData> rows = flink.environment().fromData(List.of(deleted), rowType());
    sealOf(rows).append();

    assertThatThrownBy(() -> rows.getExecutionEnvironment().execute())
        .rootCause()
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("the rows hold a change of kind DELETE");
  }

  @Test
  void rowsWithOtherColumnsAreABadRequest() {
    RowType right = rowType().toRowType();
    List<RowType.RowField> fields = new ArrayList<>(right.getFields());
    Collections.swap(fields, 3, 4);
    fields.set(5, new RowType.RowField("cost", new DoubleType()));
    DataStream<RowData> swapped =
        flink
            .environment()
            .fromData(rowType(), FIRST.data())
            .map(row -> row)
            .returns(InternalTypeInfo.of(new RowType(fields)));

    assertThatThrownBy(() -> sealOf(swapped).append())
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot seal ads.campaign_hourly: column 4 is clicks BIGINT, expected impressions BIGINT;"
                + " column 5 is impressions BIGINT, expected clicks BIGINT;"
                + " column 6 is cost DOUBLE, expected cost DECIMAL(18, 2)");
    assertThatThrownBy(() -> sealOf(swapped.map(row -> row).returns(RowData.class)).append())
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("expected an InternalTypeInfo of the contract's source columns");
  }

  @Test
  void nullPeriodAndNullKeyAreRefused() {
    assertThatThrownBy(
            () ->
                seal(
                    "run-1",
                    day,
                    FIRST,
                    new AdRow(null, 1L, "top", 1, "1.00"),
                    new AdRow(FIRST.period(), null, "top", 1, "1.00")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(
            "2 rows with a null period or key, first hour=2026-11-19T15:00Z, campaign_id=null, placement=top");
  }

  @Test
  void duplicatesAreRefused() {
    assertThatThrownBy(
            () -> seal("run-1", day, FIRST, LAST, AdRow.at("2026-11-20T00:00+09:00", 1, 9, "9.00")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(
            "1 row with the period and key of another, first hour=2026-11-19T15:00Z, campaign_id=1, placement=top");
  }

  @Test
  void sameRunAgainChangesNothing() throws Exception {
    // Given
    seal("run-1", day, FIRST, LAST);
    List<Path> files = ads.storedFiles();

    // When
    SealReport again = seal("run-1", day, FIRST);

    // Then
    assertThat(again.alreadySealed()).isTrue();
    assertThat(again.toString()).contains("was sealed by run run-1 before: nothing to do");
    assertThat(ads.rows()).contains(LAST.text("final"));
    assertThat(ads.storedFiles()).isEqualTo(files);
  }

  @Test
  void anotherSealOfAClosedWindowIsRefused() throws Exception {
    seal("run-1", day, FIRST, LAST);

    assertThatThrownBy(() -> seal("run-2", day, FIRST))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("Use reseal to correct it");
  }

  @Test
  void resealCorrectsAClosedWindow() throws Exception {
    // Given
    seal("run-1", day, FIRST, LAST);
    AdRow corrected = AdRow.at("2026-11-20T23:00+09:00", 2, 60, "20.10");

    // When
    run(
        seal -> seal.table(ads.loader()).window(day).runId("run-2").reseal(),
        "run-2",
        FIRST,
        corrected);

    // Then
    assertThat(ads.rows())
        .containsExactlyInAnyOrder(
            FIRST.text("final"), corrected.text("final"), LIVE_NEXT.text("live"));
    assertThat(ads.table().state().closed().version(day)).isEqualTo(2);
  }

  @Test
  void emptyingAWindowNeedsAWord() throws Exception {
    assertThatThrownBy(() -> seal("run-1", day))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the batch brings none");

    run(
        seal -> seal.table(ads.loader()).window(day).runId("run-1").allow(Allow.EMPTY_WINDOW),
        "run-1");

    assertThat(ads.rows()).containsExactly(LIVE_NEXT.text("live"));
    assertThat(ads.table().state().closed().isClosed(day)).isTrue();
  }

  @Test
  void severalWindowsAreSealedInOneCommitThoughOneIsEmptyOnBothSides() throws Exception {
    // Given
    AdRow later = AdRow.at("2026-11-23T12:00+09:00", 1, 1, "1.00");
    ads.publish(later);
    Window range = ads.table().contract().window().parse("2026-11-20", "2026-11-24");
    AdRow next = AdRow.at("2026-11-21T00:00+09:00", 1, 7, "2.50");

    // When
    SealReport report = seal("run-1", range, next, LAST, later, FIRST);

    // Then
    assertThat(report.windows()).hasSize(4);
    assertThat(report.boundary()).isEqualTo(ads.table().contract().window().origin());
    assertThat(ads.rows())
        .containsExactlyInAnyOrder(
            FIRST.text("final"), LAST.text("final"), next.text("final"), later.text("final"));
    assertThat(ads.files()).hasSize(3);
  }

  @Test
  void windowsThatDoNotBeginAtAnEdgeAreABadRequest() {
    Window misaligned = new Window(day.lo().plusSeconds(3600), day.hi());

    assertThatThrownBy(() -> seal("run-1", misaligned, LAST))
        .isInstanceOf(LakeException.class)
        .hasMessageContaining("the nearest whole windows are")
        .matches(e -> ((LakeException) e).exitCode() == 2);
  }

  @Test
  void jobWithCheckpointsIsABadRequest() {
    StreamExecutionEnvironment environment = flink.environment(Duration.ofMillis(10));
    DataStream<RowData> rows = environment.fromData(rowType(), FIRST.data());

    assertThatThrownBy(
            () -> Seal.forRowData(rows).table(ads.loader()).window(day).runId("run-1").append())
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("a seal is one attempt");
  }

  @Test
  void batchRuntimeModeSealsAsWell() throws Exception {
    // Given
    StreamExecutionEnvironment environment = flink.environment();
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);

    // When
    SealReport report =
        run(
            environment,
            seal -> seal.table(ads.loader()).window(day).runId("run-1"),
            "run-1",
            LAST,
            FIRST);

    // Then
    assertThat(report.rowsAfter()).isEqualTo(2);
    assertThat(ads.rows()).contains(FIRST.text("final"), LAST.text("final"));
  }

  @Test
  void manyRowsSpillAndComeOutInOrder() throws Exception {
    // Given
    AdRow[] rows = new AdRow[50_000];
    Arrays.setAll(
        rows,
        i ->
            new AdRow(
                day.lo().plusSeconds(3600L * (i % 24)), (long) (rows.length - i), "p", i, "1.00"));

    // When
    SealReport report = seal("run-1", day, rows);

    // Then
    assertThat(report.rowsAfter()).isEqualTo(rows.length);
    assertThat(ads.files().stream().filter(f -> f.recordCount() > 1).toList())
        .hasSize(2)
        .allMatch(f -> f.sortOrderId() == ads.table().table().sortOrder().orderId());
  }

  private Seal sealOf(DataStream<RowData> rows) {
    return Seal.forRowData(rows).table(ads.loader()).window(day).runId("run-1");
  }

  private SealReport seal(String runId, Window range, AdRow... rows) throws Exception {
    return run(
        seal -> seal.table(ads.loader()).window(range).runId(runId).uidSuffix("ads"), runId, rows);
  }

  private SealReport run(Consumer<Seal> described, String runId, AdRow... rows) throws Exception {
    return run(flink.environment(), described, runId, rows);
  }

  private InternalTypeInfo<RowData> rowType() {
    return InternalTypeInfo.of(RowLayout.of(ads.table()).sourceType());
  }

  private SealReport run(
      StreamExecutionEnvironment environment, Consumer<Seal> described, String runId, AdRow... rows)
      throws Exception {
    InternalTypeInfo<RowData> type = rowType();
    List<RowData> settled = Arrays.stream(rows).map(AdRow::data).toList();
    DataStream<RowData> stream =
        settled.isEmpty()
            ? environment.fromData(type, FIRST.data()).filter(row -> false)
            : environment.fromData(settled, type);
    Seal seal = Seal.forRowData(stream);
    described.accept(seal);
    seal.append();
    try {
      return SealReport.of(environment.execute(), AdsTable.NAME, runId).orElseThrow();
    } catch (Exception e) {
      throw ExceptionUtils.findThrowable(e, LakeException.class)
          .map(Exception.class::cast)
          .orElse(e);
    }
  }
}
