package io.tidemark.scenarios.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.job.SealMain;
import io.tidemark.catalog.window.Window;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.ForkedJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seal that is killed and run again under the same run id happens once. */
class SealKillTest {

  private static final Window DAY =
      new Window(Instant.parse("2026-11-18T15:00:00Z"), Instant.parse("2026-11-19T15:00:00Z"));

  @TempDir private Path directory;

  @Test
  void killedBeforeItsFilesItSealsWhenRunAgain() {
    try (Site site = site()) {
      runKilled(site, kill -> site.s3().beforePut(key -> key.contains("/clicks/data/"), kill));
      assertSealedOnce(site);
    }
  }

  @Test
  void killedAfterItsFilesItSealsWhenRunAgain() {
    try (Site site = site()) {
      runKilled(
          site,
          kill ->
              site.s3()
                  .beforePut(
                      key -> key.contains("/clicks/metadata/") && key.endsWith("-m0.avro"), kill));
      assertSealedOnce(site);
    }
  }

  @Test
  void killedAfterItsCommitItIsDoneWhenRunAgain() {
    try (Site site = site()) {
      runKilled(
          site,
          kill ->
              site.proxy()
                  .fail(
                      Fault.dropAnswer().runAfter(kill),
                      request ->
                          request.isPost("/tables/clicks")
                              && request.body().contains("tidemark.run-id")));
      assertSealedOnce(site);
    }
  }

  private Site site() {
    Site site = new Site(directory, "cells");
    site.postgres()
        .execute(
            "billing",
            "CREATE TABLE settled (hour timestamptz, campaign_id bigint, clicks bigint, cost numeric(18,2))");
    site.postgres()
        .execute(
            "billing",
            "INSERT INTO settled SELECT timestamptz '2026-11-18T15:00:00Z' + h * interval '1 hour', c, h * c, h + c / 100.0 FROM generate_series(0, 23) h, generate_series(1, 50) c");
    return site;
  }

  private static void runKilled(Site site, Consumer<Runnable> arm) {
    ForkedJvm[] holder = new ForkedJvm[1];
    arm.accept(() -> holder[0].kill());
    holder[0] = seal(site);
    try (ForkedJvm first = holder[0]) {
      assertThat(first.await(Duration.ofMinutes(2))).as(first::output).isEqualTo(128 + 9);
    }
  }

  private static void assertSealedOnce(Site site) {
    try (ForkedJvm again = seal(site)) {
      assertThat(again.await(Duration.ofMinutes(2))).as(again::output).isZero();
    }
    assertThat(Figures.rows(site, DAY)).hasSize(24 * 50);
    assertThat(Figures.rows(site, DAY).stream().mapToLong(r -> (Long) r.getField("clicks")).sum())
        .isEqualTo(276L * 1275);
    Canary.assertNoSecretIn(site);
  }

  private static ForkedJvm seal(Site site) {
    return ForkedJvm.start(
        SealMain.class.getName(),
        Site.SECRETS,
        site.output(),
        List.of(
            "seal",
            Site.TABLE,
            "--manifest",
            site.manifest().toString(),
            "--window",
            "2026-11-19",
            "--run-id",
            "settled-2026-11-19"));
  }
}
