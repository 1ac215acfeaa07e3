package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.EmbeddedFlink;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parallel reads of a query lose nothing and see one snapshot. */
class SplitReadTest {

  private static final int ROWS = 6_000;

  private static EmbeddedFlink flink;
  private static BillingDatabase billing;

  @TempDir Path directory;

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

  /** Nine rows of ten are one campaign's; every seventh has no clicks. */
  @BeforeEach
  void insertSkewedRows() {
    billing.reset();
    billing.execute(
        """
        INSERT INTO billing.settled
        SELECT timestamptz '2026-11-20 00:00+09' + interval '1 hour' * (i %% 24),
          CASE WHEN i %% 10 = 0 THEN i ELSE 7 END, 'place ' || i, i,
          CASE WHEN i %% 7 = 0 THEN NULL ELSE i END, i / 4.0
        FROM generate_series(1, %d) i
        """
            .formatted(ROWS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hour", "campaign_id", "placement", "clicks", "cost"})
  void everyRowIsReadOnceWhateverColumnTheSplitsAreCutBy(String column) {
    // When
    SealReport report = seal(manifest().splitBy(column).load());

    // Then
    assertThat(report.rowsAfter()).isEqualTo(ROWS);
    assertThat(report.drift().get(0).measure("impressions").orElseThrow().after())
        .isEqualByComparingTo(
            String.valueOf(billing.count("SELECT sum(impressions) FROM billing.settled")));
    assertThat(report.drift().get(0).measure("clicks").orElseThrow().after())
        .isEqualByComparingTo(
            String.valueOf(billing.count("SELECT sum(clicks) FROM billing.settled")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9})
  void noMoreConnectionsAreOpenThanTheSourceAllows(int connections) {
    // Given
    billing.execute(
        """
        CREATE ROLE reader_%1$d LOGIN PASSWORD '%2$s' CONNECTION LIMIT %1$d;
        GRANT USAGE ON SCHEMA billing TO reader_%1$d;
        GRANT SELECT ON billing.settled TO reader_%1$d
        """
            .formatted(connections, EmbeddedPostgresServer.PASSWORD));

    // When
    SealReport report =
        seal(manifest().user("reader_" + connections).connections(connections).load());

    // Then
    assertThat(report.rowsAfter()).isEqualTo(ROWS);
  }

  @Test
  void rowsThatComeWhileTheSourceIsReadAreNotSeenByAnyReader() throws Exception {
    // Given a query that waits while a lock is held, and waits first where splits are planned
    String waiting =
        BillingDatabase.QUERY + " AND (SELECT count(pg_advisory_xact_lock_shared(4711)::text)) = 1";
    Manifest manifest = manifest().query(waiting).splitBy("campaign_id").load();
    CompletableFuture<SealReport> sealing;
    try (Connection holder = billing.connect();
        Statement lock = holder.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(4711)");
      sealing = CompletableFuture.supplyAsync(() -> seal(manifest));
      awaitWaitingReader(sealing);

      // When
      billing.execute(
          "INSERT INTO billing.settled SELECT hour, campaign_id, placement || ' more', 1, 1, 1 FROM billing.settled");
    }

    // Then
    assertThat(sealing.get().rowsAfter()).isEqualTo(ROWS);
  }

  private static void awaitWaitingReader(CompletableFuture<?> job) throws SQLException {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    String waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tidemark seal' AND wait_event = 'advisory'";
    while (billing.count(waiting) == 0) {
      assertThat(job).isNotCompletedExceptionally();
      assertThat(Instant.now()).isBefore(deadline);
    }
  }

  private ManifestText manifest() {
    return billing.manifest(directory);
  }

  private static SealReport seal(Manifest manifest) {
    return SealRun.of(manifest, AdsTable.NAME).window("2026-11-20").run(flink.environment());
  }
}
