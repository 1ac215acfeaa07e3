package io.tidemark.examples.quickstart;

import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.EmbeddedFlink;
import io.tidemark.stream.job.StreamJob;
import java.time.Duration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job of {@code lake stream}, on a cluster that lets it be stopped. */
final class BackgroundStream implements AutoCloseable {

  private static final Duration PUBLISH_EVERY = Duration.ofSeconds(2);

  private final EmbeddedFlink flink;
  private final JobClient job;

  private BackgroundStream(EmbeddedFlink flink, JobClient job) {
    this.flink = flink;
    this.job = job;
  }

  static BackgroundStream start(Workplace workplace, Manifest manifest) throws Exception {
    EmbeddedFlink flink = EmbeddedFlink.start(workplace.parts().resolve("flink"), 2);
    StreamExecutionEnvironment environment = flink.environment(PUBLISH_EVERY);
    StreamJob.of(manifest.loader(StoryManifest.TABLE), manifest.table(StoryManifest.TABLE))
        .addTo(environment);
    return new BackgroundStream(flink, environment.executeAsync("stream " + StoryManifest.TABLE));
  }

  boolean isRunning() {
    return !job.getJobStatus().join().isGloballyTerminalState();
  }

  @Override
  public void close() {
    try {
      if (isRunning()) {
        job.cancel().join();
      }
    } finally {
      flink.close();
    }
  }
}
