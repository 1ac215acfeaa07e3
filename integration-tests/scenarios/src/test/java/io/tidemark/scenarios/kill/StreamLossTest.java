package io.tidemark.scenarios.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.EmbeddedFlink;
import io.tidemark.stream.job.StreamJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A stream that loses a part of Flink in the middle of a publish goes on from its last checkpoint,
 * and loses and doubles nothing.
 */
@ExtendWith(Servers.Shared.class)
class StreamLossTest {

  @TempDir private static Path flinkDirectory;
  private static EmbeddedFlink flink;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    flink = EmbeddedFlink.startHighlyAvailable(flinkDirectory, 2);
  }

  @AfterAll
  static void stop() {
    flink.close();
  }

  @ParameterizedTest
  @MethodSource
  void goesOnFromItsLastCheckpoint(OpenLayout layout, Loss loss, Servers servers) throws Exception {
    Site site = new Site(servers, directory, SiteCatalog.REST, layout);
    site.sealTheFirstDay();
    Clicks clicks = new Clicks(site);
    clicks.send(100);
    JobID job = stream(site);
    CompletableFuture<Void> over = new CompletableFuture<>();
    try {
      Figures.await(site, clicks, () -> null);
      for (KillPoint point : loss.points()) {
        strike(site, point, clicks, () -> loss.strike(flink, job, over));
        Figures.await(site, clicks, () -> null);
        assertThat(restoredCheckpoints(job)).as("after %s", point).isPositive();
      }
      Figures.assertExactAtEverySnapshot(site, clicks);
    } finally {
      over.complete(null);
      flink.cluster().cancelJob(job).get();
    }
  }

  private static void strike(Site site, KillPoint point, Clicks clicks, Runnable loss)
      throws InterruptedException {
    CountDownLatch struck = new CountDownLatch(1);
    point.arm(
        site,
        () -> {
          struck.countDown();
          loss.run();
        });
    clicks.send(100);
    assertThat(struck.await(3, TimeUnit.MINUTES)).as("struck %s", point).isTrue();
    clicks.send(50);
  }

  static Stream<Arguments> goesOnFromItsLastCheckpoint() {
    return Arrays.stream(OpenLayout.values())
        .flatMap(layout -> Arrays.stream(Loss.values()).map(loss -> Arguments.of(layout, loss)));
  }

  private static JobID stream(Site site) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    StreamExecutionEnvironment environment = flink.environment(configuration);
    Manifest manifest = Manifest.load(site.manifest());
    StreamJob.of(manifest.loader(site.table()), manifest.table(site.table())).addTo(environment);
    return environment.executeAsync().getJobID();
  }

  /** Returns from how many checkpoints the job's present manager has restored it. */
  private static long restoredCheckpoints(JobID job) throws Exception {
    return flink
        .cluster()
        .getExecutionGraph(job)
        .get()
        .getCheckpointStatsSnapshot()
        .getCounts()
        .getNumberOfRestoredCheckpoints();
  }

  /** What is lost. */
  private enum Loss {
    JOB_MANAGER(KillPoint.values()) {
      @Override
      void strike(EmbeddedFlink flink, JobID job, CompletableFuture<Void> over) {
        flink.loseJobManager(job);
      }
    },

    /** A task that has nothing to store any more goes with its manager; it hears no answer. */
    TASK_MANAGER(KillPoint.AFTER_COMMIT_BEFORE_ANSWER) {
      @Override
      void strike(EmbeddedFlink flink, JobID job, CompletableFuture<Void> over) {
        flink.loseTaskManager();
        over.join();
      }
    },

    /** One task, which S3 refuses an object. */
    TASK(KillPoint.BEFORE_FILES, KillPoint.AFTER_FILES, KillPoint.BETWEEN_LATE_AND_MAIN) {
      @Override
      void strike(EmbeddedFlink flink, JobID job, CompletableFuture<Void> over) {
        throw new IllegalArgumentException("refused by the test");
      }
    };

    private final List<KillPoint> points;

    Loss(KillPoint... points) {
      this.points = List.of(points);
    }

    /**
     * Takes it away.
     *
     * @param over completes when the test ends
     */
    abstract void strike(EmbeddedFlink flink, JobID job, CompletableFuture<Void> over);

    List<KillPoint> points() {
      return points;
    }
  }
}
