package io.tidemark.scenarios.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.window.Window;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.ForkedJvm;
import io.tidemark.stream.job.StreamMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream that is killed with {@code kill -9} and started again loses and doubles nothing. */
class StreamKillTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void cellsGoOnFromTheLastCheckpoint(KillPoint point) throws Exception {
    killAndGoOn("cells", point, true);
  }

  @ParameterizedTest
  @EnumSource(names = {"BETWEEN_LATE_AND_MAIN", "AFTER_COMMIT_BEFORE_ANSWER"})
  void eventsGoOnFromTheLastCheckpoint(KillPoint point) throws Exception {
    killAndGoOn("events", point, true);
  }

  @ParameterizedTest
  @EnumSource(names = {"AFTER_FILES", "AFTER_COMMIT_BEFORE_ANSWER"})
  void cellsGoOnWithoutFlinkState(KillPoint point) throws Exception {
    killAndGoOn("cells", point, false);
  }

  @Test
  void eventsGoOnWithoutFlinkState() throws Exception {
    killAndGoOn("events", KillPoint.AFTER_COMMIT_BEFORE_ANSWER, false);
  }

  private void killAndGoOn(String layout, KillPoint point, boolean withState) throws Exception {
    try (Site site = new Site(directory, layout)) {
      // Given a stream that is killed in its second round of events
      sealTheFirstDay(site);
      Clicks clicks = new Clicks();
      clicks.send(site, 300);
      try (ForkedJvm first = stream(site, List.of())) {
        awaitPublished(site, first);
        CountDownLatch killed = new CountDownLatch(1);
        point.arm(
            site,
            () -> {
              first.kill();
              killed.countDown();
            });
        clicks.send(site, 300);
        assertThat(killed.await(90, TimeUnit.SECONDS)).as(first::output).isTrue();
      }

      // When it is started again
      clicks.send(site, 100);
      try (ForkedJvm second = stream(site, restart(site, withState))) {
        awaitFigures(site, second, clicks);
      }

      // Then every event counts once, at every snapshot, and no secret was written anywhere
      Figures figures = Figures.read(site);
      assertThat(figures.clicks()).isEqualTo(clicks.open());
      assertThat(figures.cost()).isEqualByComparingTo(clicks.cost());
      assertThat(figures.late()).isEqualTo(clicks.late());
      assertThat(figures.history()).isSorted();
      Canary.assertNoSecretIn(site);
    }
  }

  private static void sealTheFirstDay(Site site) {
    try (OpenCatalog open = OpenCatalog.of(site.catalog())) {
      Manifest manifest = Manifest.load(site.manifest());
      UnifiedTable table =
          UnifiedTable.createOrVerify(
              open.catalog(),
              manifest.loader(Site.TABLE).identifier(),
              manifest.table(Site.TABLE).contract());
      Window day = table.contract().window().parse("2026-11-19");
      table.seal(new Seal(table.planSeal("first", day, Set.of()), List.of(), null, Set.of()));
    }
  }

  private static ForkedJvm stream(Site site, List<String> more) {
    List<String> arguments = new ArrayList<>(List.of(Site.TABLE));
    arguments.addAll(List.of("--manifest", site.manifest().toString()));
    arguments.addAll(List.of("--checkpoint-interval", "1s"));
    arguments.addAll(List.of("--checkpoints", site.checkpoints().toString()));
    arguments.addAll(List.of("--parallelism", "2"));
    arguments.addAll(more);
    return ForkedJvm.start(StreamMain.class.getName(), Site.SECRETS, site.output(), arguments);
  }

  private static List<String> restart(Site site, boolean withState) {
    Optional<Path> checkpoint = withState ? lastCheckpoint(site) : Optional.empty();
    return checkpoint
        .map(path -> List.of("--from-savepoint", path.toString()))
        .orElse(List.of("--take-over"));
  }

  private static Optional<Path> lastCheckpoint(Site site) {
    try (Stream<Path> files = Files.walk(site.checkpoints())) {
      return files
          .filter(path -> path.getFileName().toString().equals("_metadata"))
          .map(Path::getParent)
          .max(Comparator.comparingInt(StreamKillTest::number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().substring("chk-".length()));
  }

  /** Waits until the table and the quarantine have as many events as were sent, or more. */
  private static void awaitFigures(Site site, ForkedJvm stream, Clicks clicks)
      throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(90));
    Figures figures = Figures.read(site);
    while (figures.clicks() < clicks.open() || figures.late() < clicks.late()) {
      assertThat(stream.isAlive()).as(stream::output).isTrue();
      assertThat(Instant.now()).as("%s, then %s", figures, stream.output()).isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(500);
      figures = Figures.read(site);
    }
  }

  /** Waits for the first publish, so that there is something to continue. */
  private static void awaitPublished(Site site, ForkedJvm stream) throws InterruptedException {
    CountDownLatch published = new CountDownLatch(1);
    site.proxy()
        .fail(
            Fault.none().runAfter(published::countDown),
            request -> request.isPost("/tables/clicks"));
    assertThat(published.await(90, TimeUnit.SECONDS)).as(stream::output).isTrue();
  }
}
