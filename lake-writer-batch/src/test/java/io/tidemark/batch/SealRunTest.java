package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Seal.Allow;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.fixtures.EmbeddedFlink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seals from the query of a manifest. */
class SealRunTest {

  private static final AdRow FIRST = AdRow.at("2026-11-20T00:00+09:00", 1, 4, "0.90");
  private static final AdRow LAST = AdRow.at("2026-11-20T23:00+09:00", 2, 6, "2.10");
  private static final AdRow NEXT = AdRow.at("2026-11-21T00:00+09:00", 1, 7, "3.00");

  private static EmbeddedFlink flink;
  private static BillingDatabase billing;

  @TempDir Path directory;

  private AdsTable ads;
  private ManifestText manifest;

  @BeforeAll
  static void start(@TempDir Path directory) {
    flink = EmbeddedFlink.start(directory, 2);
    billing = BillingDatabase.start(directory);
  }

  @AfterAll
  static void stop() {
    billing.close();
    flink.close();
  }

  @BeforeEach
  void prepare() {
    billing.reset();
    manifest = billing.manifest(directory);
    ads = AdsTable.create(directory);
  }

  @AfterEach
  void closeTable() {
    ads.close();
  }

  @Test
  void rowAtTheStartOfTheWindowIsInItAndOneAtTheEndIsNot() {
    // Given
    billing.insert(FIRST, LAST, NEXT, AdRow.at("2026-11-19T23:59+09:00", 1, 1, "1.00"));
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));

    // When
    SealReport report;
    try {
      report = seal(manifest, "run-1");
    } finally {
      TimeZone.setDefault(before);
    }

    // Then
    assertThat(ads.rows()).containsExactlyInAnyOrder(FIRST.text("final"), LAST.text("final"));
    assertThat(report.rowsAfter()).isEqualTo(2);
  }

  @Test
  void tableThatIsMissingIsCreated() {
    // Given
    Path elsewhere = directory.resolve("elsewhere");
    billing.insert(FIRST);

    // When
    SealReport report = seal(billing.manifest(elsewhere), "run-1");

    // Then
    try (AdsTable created = AdsTable.create(elsewhere)) {
      assertThat(created.rows()).containsExactly(FIRST.text("final"));
      assertThat(report.boundary()).isEqualTo(created.table().contract().window().origin());
    }
  }

  /** The table has the measures in the order in which they came to it. */
  @Test
  void orderOfTheMeasuresInTheManifestDoesNotMatter() throws IOException {
    // Given
    billing.insert(FIRST, LAST);
    Path written = manifest.write();
    String impressions = "impressions: { type: long, merge: sum }";
    String clicks = "clicks: { type: long, merge: sum }";
    Files.writeString(
        written,
        Files.readString(written)
            .replace(impressions + ", " + clicks, clicks + ", " + impressions));

    // When
    SealRun.of(Manifest.load(written), AdsTable.NAME)
        .window("2026-11-20")
        .allow(Allow.AHEAD_OF_WATERMARK)
        .run(flink.environment());

    // Then
    assertThat(ads.rows()).containsExactlyInAnyOrder(FIRST.text("final"), LAST.text("final"));
  }

  @Test
  void aLongReadTellsHowFarItIs() {
    // Given
    billing.insert(FIRST, LAST);
    String slow =
        "SELECT hour, campaign_id, placement, impressions, clicks, cost FROM billing.settled WHERE hour >= :lo AND hour < :hi AND pg_sleep(2) IS NOT NULL";
    List<SealProgress> told = new ArrayList<>();

    // When
    SealRun.of(manifest.query(slow).load(), AdsTable.NAME)
        .window("2026-11-20")
        .allow(Allow.AHEAD_OF_WATERMARK)
        .progress(told::add)
        .run(flink.environment());

    // Then
    assertThat(told).isNotEmpty();
    assertThat(told).allMatch(progress -> progress.rowsExpected() > 0);
  }

  @Test
  void zoneOfTheSessionIsTheTablesAndSumsOfIntegersFitLongs() {
    // Given
    billing.insert(FIRST, LAST);
    String query =
        "SELECT date_trunc('day', hour) AS hour, campaign_id, placement, sum(impressions) AS impressions, sum(clicks) AS clicks, sum(cost) AS cost"
            + " FROM billing.settled WHERE hour >= :lo AND hour < :hi AND placement <> ':lo ?' GROUP BY 1, 2, 3;";

    // When
    seal(manifest.query(query), "run-1");

    // Then
    assertThat(ads.rows())
        .containsExactlyInAnyOrder(
            FIRST.text("final"), AdRow.at("2026-11-20T00:00+09:00", 2, 6, "2.10").text("final"));
  }

  @Test
  void severalWindowsOneOfThemEmptyAreSealedInOneCommit() {
    // Given
    AdRow later = AdRow.at("2026-11-22T05:00+09:00", 3, 1, "1.00");
    billing.insert(FIRST, LAST, later);

    // When
    SealReport report =
        SealRun.of(manifest.load(), AdsTable.NAME)
            .windows("2026-11-20", "2026-11-23")
            .run(flink.environment());

    // Then
    assertThat(report.windows()).hasSize(3);
    assertThat(ads.rows()).hasSize(3);
    assertThat(ads.table().table().snapshots()).hasSize(1);
  }

  @Test
  void resealBringsVersionTwoAndTheSameRunAgainChangesNothing() {
    // Given
    billing.insert(FIRST, LAST);
    seal(manifest, "run-1");
    billing.execute("UPDATE billing.settled SET clicks = 40 WHERE campaign_id = 1");

    // When
    SealReport reseal = reseal("run-2");
    long snapshot = ads.table().table().currentSnapshot().snapshotId();
    SealReport again = reseal("run-2");

    // Then
    assertThat(reseal.drift().get(0).measure("clicks").orElseThrow().difference())
        .isEqualByComparingTo("36");
    assertThat(ads.table().state().closed().version(ads.window("2026-11-20"))).isEqualTo(2);
    assertThat(again.alreadySealed()).isTrue();
    assertThat(ads.table().table().currentSnapshot().snapshotId()).isEqualTo(snapshot);
  }

  @Test
  void guardsRefuse() {
    // Given
    billing.insert(FIRST, LAST, AdRow.at("2026-11-20T03:00+09:00", 2, 6, "2.10"));
    seal(manifest, "run-1");
    billing.execute("DELETE FROM billing.settled WHERE campaign_id = 2");

    // Then
    assertThatThrownBy(() -> seal(manifest, "run-2"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("Use reseal to correct it");
    billing.insert(LAST);
    billing.execute("DELETE FROM billing.settled");
    assertThatThrownBy(() -> reseal("run-3"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the batch brings none");
    SealReport emptied =
        SealRun.of(manifest.load(), AdsTable.NAME)
            .window("2026-11-20")
            .reseal()
            .allow(Allow.EMPTY_WINDOW)
            .run(flink.environment());
    assertThat(emptied.rowsBefore()).isEqualTo(3);
    assertThat(ads.rows()).isEmpty();
  }

  @Test
  void rowsThatAQueryBringsOfAnotherWindowAreRefused() {
    // Given
    billing.insert(FIRST, NEXT, AdRow.at("2026-11-21T01:00+09:00", 1, 7, "3.00"));
    String careless =
        "SELECT * FROM billing.settled WHERE hour >= :lo AND hour < :hi + interval '1 day'";

    // Then
    assertThatThrownBy(() -> seal(manifest.query(careless), "run-1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "Cannot seal ads.campaign_hourly [2026-11-20, 2026-11-21): 2 rows outside the window, first hour=2026-11-20T15:00Z. Nothing was committed.");
    assertThat(ads.table().table().currentSnapshot()).isNull();
    assertThat(ads.storedFiles()).isEmpty();
  }

  @Test
  void valueThatDoesNotFitIsABadRequest() {
    billing.insert(FIRST);
    String query = BillingDatabase.QUERY.replace("cost FROM", "cost / 7 AS cost FROM");

    assertThatThrownBy(() -> seal(manifest.query(query), "run-1"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageMatching(
            "Cannot read column cost of the query: 0\\.12857\\d+ does not fit decimal\\(18, 2\\)\\. Mend it there, or in the query");
    assertThat(ads.table().state().closed()).isEqualTo(ClosedSet.empty());
  }

  @ParameterizedTest
  @CsvSource({"clicks, NaN", "clicks, Infinity", "cost, NaN"})
  void numberThatIsNotFiniteIsABadRequest(String column, String value) {
    billing.insert(FIRST);
    String query =
        "SELECT hour, campaign_id, placement, impressions, %s FROM billing.settled WHERE hour >= :lo AND hour < :hi"
            .formatted(
                "clicks, cost".replace(column, "'%s'::numeric AS %s".formatted(value, column)));

    assertThatThrownBy(() -> seal(manifest.query(query), "run-1"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot read column %s of the query: %s is no number. Mend it there, or in the query"
                .formatted(column, value));
  }

  @Test
  void sumThatIsTooLongIsABadRequest() {
    billing.insert(FIRST);
    String query = BillingDatabase.QUERY.replace("clicks,", "clicks + 1e19::numeric AS clicks,");

    assertThatThrownBy(() -> seal(manifest.query(query), "run-1"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageMatching(
            "Cannot seal: the query brought 1000000000000000\\d+ for column clicks, which is long and has no place for it\\. Cast or leave it out in the query\\. Nothing was committed\\.");
  }

  @Test
  void blanksThatPadATextOfFixedLengthAreNotTaken() {
    // Given
    billing.insert(FIRST);
    String padded = BillingDatabase.QUERY.replace("placement,", "placement::char(10),");

    // When
    seal(manifest.query(padded), "run-1");

    // Then
    assertThat(ads.rows()).containsExactly(FIRST.text("final"));
  }

  @Test
  void queryWithOtherColumnsIsABadRequestAndCreatesNothing() {
    // Given
    Path elsewhere = directory.resolve("elsewhere");
    String query =
        "SELECT hour::timestamp AS hour, campaign_id, placement, clicks::text AS clicks, cost, 1 AS rank FROM billing.settled WHERE hour >= :lo AND hour < :hi";

    // Then
    assertThatThrownBy(() -> seal(billing.manifest(elsewhere).query(query), "run-1"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot seal ads.campaign_hourly from postgresql source ads-db: the query does not bring impressions; brings rank, which the table has not; brings hour as timestamp for timestamptz; brings clicks as text for long. Nothing was read.");
    assertThat(elsewhere.resolve("catalog.db")).doesNotExist();
  }

  @Test
  void queryThatTheDatabaseRefusesIsABadRequest() {
    assertThatThrownBy(
            () -> seal(manifest.query("SELECT * FROM billing.setled WHERE :lo < :hi"), "run-1"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot read from postgresql source ads-db: relation \"billing.setled\" does not exist");
  }

  @Test
  void wrongPasswordIsABadRequest() throws IOException {
    Path wrong = Files.writeString(directory.resolve("wrong"), "canary-4711");

    assertThatThrownBy(() -> seal(manifest.password(wrong), "run-1"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot connect to postgresql source ads-db: it refuses the user or the password")
        .hasMessageNotContaining("canary");
  }

  @Test
  void unreachableSourceIsUnavailable() {
    assertThatThrownBy(() -> seal(manifest.url("jdbc:postgresql://localhost:1/ads"), "run-1"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Cannot connect to postgresql source ads-db: it cannot be reached");
  }

  @Test
  void windowThatIsNoneIsABadRequest() {
    SealRun run = SealRun.of(manifest.load(), AdsTable.NAME);

    assertThatThrownBy(() -> run.window("2026-11-20T05:00"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Cannot seal ads.campaign_hourly: Cannot take 2026-11-20T05:00");
    assertThatThrownBy(
            () -> run.windows("2026-11-20", "2026-11-20T05:00+09:00").run(flink.environment()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("the nearest whole windows are");
    assertThatThrownBy(() -> run.window("2026-10-01").run(flink.environment()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("the table begins at");
  }

  private static SealReport seal(ManifestText manifest, String runId) {
    return SealRun.of(manifest.load(), AdsTable.NAME)
        .window("2026-11-20")
        .runId(runId)
        .run(flink.environment());
  }

  private SealReport reseal(String runId) {
    return SealRun.of(manifest.load(), AdsTable.NAME)
        .window("2026-11-20")
        .runId(runId)
        .reseal()
        .run(flink.environment());
  }
}
