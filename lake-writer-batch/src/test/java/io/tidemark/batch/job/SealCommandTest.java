package io.tidemark.batch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.AdRow;
import io.tidemark.batch.AdsTable;
import io.tidemark.batch.BillingDatabase;
import io.tidemark.batch.ManifestText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands answer, in this process on an embedded Flink. */
class SealCommandTest extends CommandTest {

  private static final AdRow ROW = AdRow.at("2026-11-20T10:00+09:00", 1, 4, "0.90");

  private static BillingDatabase billing;

  @TempDir Path directory;

  @BeforeAll
  static void start(@TempDir Path directory) {
    billing = BillingDatabase.start(directory);
  }

  @AfterAll
  static void stop() {
    billing.close();
  }

  @BeforeEach
  void insert() {
    billing.reset();
    billing.insert(ROW);
  }

  @Test
  void sealAndResealAndTheSameRunAgainAreZero() {
    Path manifest = billing.manifest(directory).write();

    assertThat(seal(manifest, "--window", "2026-11-20", "--run-id", "a")).isZero();
    assertThat(seal(manifest, "--window", "2026-11-20", "--run-id", "a")).isZero();
    assertThat(
            run(
                new ResealCommand(),
                manifest,
                AdsTable.NAME,
                "--from",
                "2026-11-20",
                "--to",
                "2026-11-21",
                "--run-id",
                "b"))
        .isZero();

    assertThat(err.toString()).doesNotContain("error: ");
    assertThat(out.toString())
        .contains("ads.campaign_hourly [2026-11-20, 2026-11-21) sealed by run a: 1 rows for 0")
        .contains("drift [2026-11-20, 2026-11-21): rows 0 -> 1, impressions none -> 40 (+40)")
        .contains("ads.campaign_hourly [2026-11-20, 2026-11-21) was sealed by run a before")
        .contains("ads.campaign_hourly [2026-11-20, 2026-11-21) sealed by run b: 1 rows for 1");
  }

  @Test
  void refusalIsThree() {
    Path manifest = billing.manifest(directory).write();
    seal(manifest, "--window", "2026-11-20");

    assertThat(seal(manifest, "--window", "2026-11-20")).isEqualTo(3);
    assertThat(err.toString()).startsWith("error: Cannot seal ads.campaign_hourly");
  }

  @Test
  void duplicateRowsAreThree() {
    billing.insert(ROW);

    assertThat(seal(billing.manifest(directory).write(), "--window", "2026-11-20")).isEqualTo(3);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "error: Cannot seal ads.campaign_hourly [2026-11-20, 2026-11-21): 1 row with the period and key of another, first hour=2026-11-20T01:00Z, campaign_id=1, placement=top. Nothing was committed.");
  }

  @Test
  void wrongPasswordIsTwoAndShowsNoSecret() throws IOException {
    Path wrong = Files.writeString(directory.resolve("wrong"), "canary-4711");
    ManifestText manifest = billing.manifest(directory).password(wrong);

    assertThat(seal(manifest.write(), "--window", "2026-11-20", "--verbose")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: Cannot connect to postgresql source ads-db: it refuses")
        .doesNotContain("canary");
    assertThat(directory.resolve("catalog.db")).doesNotExist();
  }

  @Test
  void unreachableSourceIsOne() {
    ManifestText manifest = billing.manifest(directory).url("jdbc:postgresql://localhost:1/ads");

    assertThat(seal(manifest.write(), "--window", "2026-11-20")).isEqualTo(1);
    assertThat(directory.resolve("catalog.db")).doesNotExist();
  }

  @Test
  void badWindowIsTwo() {
    Path manifest = billing.manifest(directory).write();

    assertThat(seal(manifest, "--window", "2026-11-20T05:00")).isEqualTo(2);
    assertThat(seal(manifest, "--window", "yesterday")).isEqualTo(2);
    assertThat(seal(manifest, "--from", "2026-11-20")).isEqualTo(2);
    assertThat(seal(manifest)).isEqualTo(2);
    assertThat(directory.resolve("catalog.db")).doesNotExist();
  }

  private int seal(Path manifest, String... arguments) {
    return run(
        new SealCommand(),
        manifest,
        Stream.concat(Stream.of(AdsTable.NAME), Stream.of(arguments)).toArray(String[]::new));
  }
}
