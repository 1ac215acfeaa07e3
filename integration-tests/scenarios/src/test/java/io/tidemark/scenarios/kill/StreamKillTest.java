package io.tidemark.scenarios.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.fixtures.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A stream that is killed with {@code kill -9} and started again loses and doubles nothing. Each
 * run but the last is killed at a point of its own, once it has made up for the kill before.
 */
@ExtendWith(Servers.Shared.class)
@Execution(ExecutionMode.CONCURRENT)
class StreamKillTest {

  @TempDir private Path directory;

  @Test
  void cellsGoOnWhereverTheyAreKilled(Servers servers) throws Exception {
    killAndGoOn(
        new Site(servers, directory, SiteCatalog.REST, OpenLayout.CELLS),
        goOn(KillPoint.BEFORE_FILES, StreamProcess::start),
        goOn(KillPoint.AFTER_FILES, StreamProcess::start),
        goOn(KillPoint.BETWEEN_LATE_AND_MAIN, StreamProcess::start),
        goOn(KillPoint.AFTER_COMMIT_BEFORE_ANSWER, StreamProcess::start),
        goOn(KillPoint.AFTER_FILES, StreamProcess::takeOver),
        goOn(KillPoint.AFTER_COMMIT_BEFORE_ANSWER, StreamProcess::takeOver));
  }

  @Test
  void eventsGoOnWhereverTheyAreKilled(Servers servers) throws Exception {
    killAndGoOn(
        new Site(servers, directory, SiteCatalog.JDBC, OpenLayout.EVENTS),
        goOn(KillPoint.BEFORE_FILES, StreamProcess::start),
        goOn(KillPoint.AFTER_FILES, StreamProcess::start),
        goOn(KillPoint.BETWEEN_LATE_AND_MAIN, StreamProcess::start),
        goOn(KillPoint.AFTER_COMMIT_BEFORE_ANSWER, StreamProcess::start),
        goOn(KillPoint.AFTER_COMMIT_BEFORE_ANSWER, StreamProcess::takeOver));
  }

  private static void killAndGoOn(Site site, Kill... kills) throws InterruptedException {
    site.sealTheFirstDay();
    Clicks clicks = new Clicks(site);
    clicks.send(100);
    Function<Site, ForkedJvm> start = StreamProcess::start;
    for (Kill kill : List.of(kills)) {
      try (ForkedJvm stream = start.apply(site)) {
        await(site, stream, clicks);
        kill(site, stream, kill.point(), clicks);
      }
      clicks.send(50);
      start = kill.restart();
    }
    try (ForkedJvm stream = start.apply(site)) {
      await(site, stream, clicks);
    }
    Figures.assertExactAtEverySnapshot(site, clicks);
    Canary.assertNoneIn(site);
  }

  private static void kill(Site site, ForkedJvm stream, KillPoint point, Clicks clicks)
      throws InterruptedException {
    CountDownLatch killed = new CountDownLatch(1);
    point.arm(
        site,
        () -> {
          stream.kill();
          killed.countDown();
        });
    clicks.send(100);
    assertThat(killed.await(3, TimeUnit.MINUTES)).as("killed %s", point).isTrue();
  }

  private static void await(Site site, ForkedJvm stream, Clicks clicks) {
    Figures.await(site, clicks, () -> stream.isAlive() ? null : stream.output());
  }

  private static Kill goOn(KillPoint point, Function<Site, ForkedJvm> restart) {
    return new Kill(point, restart);
  }

  private record Kill(KillPoint point, Function<Site, ForkedJvm> restart) {}
}
