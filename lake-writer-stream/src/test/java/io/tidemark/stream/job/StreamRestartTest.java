package io.tidemark.stream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.fixtures.Await;
import io.tidemark.stream.Lake;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamRestartTest extends OnKafka {

  private static final String MORNING = "2026-11-20T03:10:00+09:00";
  private static final String NEXT_DAY = "2026-11-21T03:10:00+09:00";

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void restartFromASavepointGoesOnWhereItStopped(OpenLayout layout) throws Exception {
    TableContract contract = AdEvents.contract().layout(layout).build();
    try (Lake lake = Lake.create(dir, contract)) {
      events.click(0, MORNING, 7);
      JobClient first = start(lake, contract, null, Restart.WITH_STATE);
      awaitTotal(lake, 1);
      String savepoint = stopWithSavepoint(first);
      events.click(0, MORNING, 7);
      events.click(1, NEXT_DAY, 7);

      JobClient second = start(lake, contract, savepoint, Restart.WITH_STATE);

      awaitTotal(lake, 3);
      cancel(second);
      assertThat(lake.clicks())
          .containsExactly(entry("2026-11-20/7", 2L), entry("2026-11-21/7", 1L));
    }
  }

  @Test
  void cellsAreReplacedWholeAfterARestore() throws Exception {
    TableContract contract = AdEvents.contract().build();
    try (Lake lake = Lake.create(dir, contract)) {
      events.click(0, MORNING, 7);
      JobClient first = start(lake, contract, null, Restart.WITH_STATE);
      awaitTotal(lake, 1);
      String savepoint = stopWithSavepoint(first);
      events.click(0, MORNING, 7);

      JobClient second = start(lake, contract, savepoint, Restart.WITH_STATE);

      awaitTotal(lake, 2);
      cancel(second);
      assertThat(lake.rows()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void forkOfASavepointIsFenced(OpenLayout layout) throws Exception {
    TableContract contract = AdEvents.contract().layout(layout).build();
    try (Lake lake = Lake.create(dir, contract)) {
      events.click(0, MORNING, 7);
      JobClient first = start(lake, contract, null, Restart.WITH_STATE);
      awaitTotal(lake, 1);
      String savepoint = stopWithSavepoint(first);
      events.click(0, MORNING, 7);
      JobClient heir = start(lake, contract, savepoint, Restart.WITH_STATE);
      awaitTotal(lake, 2);

      JobClient fork = start(lake, contract, savepoint, Restart.WITH_STATE);

      assertThatThrownBy(() -> fork.getJobExecutionResult().get())
          .hasStackTraceContaining(StreamFencedException.class.getName());
      events.click(1, NEXT_DAY, 7);
      awaitTotal(lake, 3);
      cancel(heir);
    }
  }

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void takeOverGoesOnFromThePositionsOfTheTable(OpenLayout layout) throws Exception {
    TableContract contract = AdEvents.contract().layout(layout).build();
    try (Lake lake = Lake.create(dir, contract)) {
      events.click(0, MORNING, 7);
      events.click(1, NEXT_DAY, 8);
      JobClient first = start(lake, contract, null, Restart.WITH_STATE);
      awaitTotal(lake, 2);
      cancel(first);
      events.click(0, MORNING, 7);
      events.click(1, MORNING, 8);

      JobClient second = start(lake, contract, null, Restart.TAKE_OVER);

      awaitTotal(lake, 4);
      cancel(second);
      assertThat(lake.clicks())
          .containsExactly(
              entry("2026-11-20/7", 2L), entry("2026-11-20/8", 1L), entry("2026-11-21/8", 1L));
    }
  }

  @Test
  void zombieIsFencedByATakeOver() throws Exception {
    TableContract contract = AdEvents.contract().build();
    try (Lake lake = Lake.create(dir, contract)) {
      events.click(0, MORNING, 7);
      JobClient zombie = start(lake, contract, null, Restart.WITH_STATE);
      awaitTotal(lake, 1);

      JobClient heir = start(lake, contract, null, Restart.TAKE_OVER);
      events.click(0, MORNING, 7);

      assertThatThrownBy(() -> zombie.getJobExecutionResult().get())
          .hasStackTraceContaining(StreamFencedException.class.getName());
      awaitTotal(lake, 2);
      cancel(heir);
    }
  }

  @Test
  void startWithoutStateIsRefusedWhereTheStreamHasPublished() throws Exception {
    TableContract contract = AdEvents.contract().build();
    try (Lake lake = Lake.create(dir, contract)) {
      events.click(0, MORNING, 7);
      JobClient first = start(lake, contract, null, Restart.WITH_STATE);
      awaitTotal(lake, 1);
      cancel(first);

      assertThatThrownBy(() -> start(lake, contract, null, Restart.WITH_STATE))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("--take-over");
    }
  }

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void windowSealedWhileTheStreamRunsKeepsItsLateRowsInTheQuarantine(OpenLayout layout)
      throws Exception {
    TableContract contract = AdEvents.contract().layout(layout).build();
    try (Lake lake = Lake.create(dir, contract)) {
      events.click(0, MORNING, 7);
      events.click(1, NEXT_DAY, 7);
      JobClient job = start(lake, contract, null, Restart.WITH_STATE);
      awaitTotal(lake, 2);
      lake.sealEmpty("2026-11-20");
      events.click(1, NEXT_DAY, 7);
      awaitTotal(lake, 2);

      events.click(0, MORNING, 7);
      events.click(1, NEXT_DAY, 7);

      Await.until("late row quarantined", () -> lake.late().size() == 1);
      awaitTotal(lake, 3);
      cancel(job);
      assertThat(lake.clicks()).containsExactly(entry("2026-11-21/7", 3L));
    }
  }

  private JobClient start(Lake lake, TableContract contract, String savepoint, Restart restart)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    StreamJob job = events.job(lake.loader(), contract).restart(restart);
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      job.restored();
    }
    StreamExecutionEnvironment environment = flink.environment(configuration);
    environment.setParallelism(2);
    job.addTo(environment);
    return environment.executeAsync();
  }

  private static String stopWithSavepoint(JobClient job) throws Exception {
    return job.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL).get();
  }

  private static void awaitTotal(Lake lake, long total) throws InterruptedException {
    Await.until("total of " + total, () -> lake.total() == total);
  }

  /** Waits for the end: a job that was only asked to end still writes. */
  private static void cancel(JobClient job) throws Exception {
    job.cancel().get();
    Await.until("end of the job", () -> job.getJobStatus().get().isGloballyTerminalState());
  }
}
