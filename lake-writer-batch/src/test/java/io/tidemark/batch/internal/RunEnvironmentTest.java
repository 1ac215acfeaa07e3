package io.tidemark.batch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class RunEnvironmentTest {

  private static final String CLUSTER_THREADS = "flink-pekko";

  @Test
  void runsAJobAndStopsItsClusterBehindIt() throws Exception {
    // Given an environment with a parallelism of its own
    Configuration settings = new Configuration().set(CoreOptions.DEFAULT_PARALLELISM, 3);

    // When a job is run
    try (RunEnvironment own = RunEnvironment.of(settings)) {
      StreamExecutionEnvironment environment = own.environment();
      environment.fromSequence(1, 3).print();
      environment.execute();

      // Then it has had as many tasks, and nothing is left of the cluster
      assertThat(environment.getParallelism()).isEqualTo(3);
    }
    assertClusterEnds();
  }

  @Test
  void leavesNothingOfAClusterThatNoJobHasUsed() throws Exception {
    // Given an environment
    RunEnvironment own = RunEnvironment.of(new Configuration());

    // When it is closed at once
    own.close();

    // Then nothing is left of the cluster
    assertClusterEnds();
  }

  @Test
  void tellsTheJobWhatKeepsItsClusterFromStarting() {
    // Given a cluster that nobody can start
    Configuration settings = new Configuration();
    settings.set(CoreOptions.TMP_DIRS, "/dev/null/nowhere");

    // When a job is run
    try (RunEnvironment own = RunEnvironment.of(settings)) {
      own.environment().fromSequence(1, 3).print();

      // Then it fails with the cause
      assertThatThrownBy(own.environment()::execute).hasStackTraceContaining("/dev/null/nowhere");
    }
  }

  private static void assertClusterEnds() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(CLUSTER_THREADS)) {
        thread.join(Duration.ofSeconds(30).toMillis());
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
