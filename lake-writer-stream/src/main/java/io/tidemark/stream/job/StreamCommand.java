package io.tidemark.stream.job;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.job.DurationConverter;
import io.tidemark.catalog.job.ManifestOption;
import io.tidemark.catalog.manifest.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Streams events into a table's open windows until it is stopped. */
@Command(
    name = "stream",
    description = "Stream events from Kafka into the open windows of a table, until stopped.")
public final class StreamCommand implements Runnable {

  @Mixin private ManifestOption manifest;

  @Parameters(paramLabel = "TABLE", description = "The table to stream into.")
  private String table;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "DURATION",
      description = "How often to publish, e.g. 10s; ${DEFAULT-VALUE} by default.",
      defaultValue = "10s",
      converter = DurationConverter.class)
  private Duration interval;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = {
        "Where checkpoints are kept; they stay when the job ends.",
        "By default where Flink's configuration says, or, for a run in this process, in lake-checkpoints/<stream id> below the directory for temporary files."
      })
  private @Nullable String checkpoints;

  @Option(
      names = "--from-savepoint",
      paramLabel = "PATH",
      description = "The savepoint or checkpoint to go on from.")
  private @Nullable String savepoint;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "The parallelism of the job; Flink's default where it is not given.")
  private @Nullable Integer parallelism;

  @Option(
      names = "--stop-at-latest",
      description = "End at the events that are there when the job starts.")
  private boolean stopAtLatest;

  @ArgGroup private WithoutState withoutState = new WithoutState();

  /** How to go on without a savepoint; the methods are called by picocli. */
  @SuppressWarnings("UnusedMethod")
  private static final class WithoutState {
    private Restart restart = Restart.WITH_STATE;

    @Option(
        names = "--take-over",
        description = "Go on from the positions the table has; fences every other run.")
    private void takeOver(boolean said) {
      choose(said, Restart.TAKE_OVER);
    }

    @Option(
        names = "--accept-gap",
        description = "Take over, and pass over events whose positions are not known.")
    private void acceptGap(boolean said) {
      choose(said, Restart.ACCEPT_GAP);
    }

    @Option(
        names = "--accept-duplicates",
        description = "Take over, and read all events again whose positions are not known.")
    private void acceptDuplicates(boolean said) {
      choose(said, Restart.ACCEPT_DUPLICATES);
    }

    private void choose(boolean said, Restart how) {
      if (said) {
        restart = how;
      }
    }
  }

  @Override
  public void run() {
    if (savepoint != null && stopAtLatest) {
      throw new InvalidRequestException(
          "Cannot stream into %s: --stop-at-latest does not go with --from-savepoint, as partitions that were being read go on without an end"
              .formatted(table));
    }
    Manifest loaded = manifest.load();
    StreamJob job =
        StreamJob.of(loaded.loader(table), loaded.table(table)).restart(withoutState.restart);
    if (savepoint != null) {
      job.restored();
    }
    if (stopAtLatest) {
      job.stopAtLatest();
    }
    execute(job, loaded.table(table).stream().id());
  }

  private void execute(StreamJob job, String streamId) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration());
    LocalCheckpoints.keep(environment, streamId);
    job.addTo(environment);
    try {
      JobClient client = environment.executeAsync("stream " + table);
      if (environment.getConfiguration().get(DeploymentOptions.ATTACHED)) {
        await(client);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("Cannot stream into " + table, e);
    }
  }

  /** Ends the job where the thread that waits for it is interrupted. */
  private static void await(JobClient job) throws Exception {
    try {
      job.getJobExecutionResult().get();
    } catch (InterruptedException e) {
      job.cancel().get();
      Thread.currentThread().interrupt();
    }
  }

  private Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    if (checkpoints != null) {
      configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(checkpoints));
      configuration.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, uri(savepoint));
    }
    if (parallelism != null) {
      configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    }
    return configuration;
  }

  private static String uri(String path) {
    return path.contains("://") ? path : Path.of(path).toAbsolutePath().toUri().toString();
  }
}
