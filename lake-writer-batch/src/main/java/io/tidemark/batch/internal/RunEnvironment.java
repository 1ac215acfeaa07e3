package io.tidemark.batch.internal;

import java.time.Duration;
import java.util.stream.Stream;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a run that brings none: that of {@code flink run} where it started the
 * program, else one in this process, whose cluster starts while the job is being prepared. To be
 * closed at the end of the run; for one job.
 */
public final class RunEnvironment implements AutoCloseable {

  private static final Duration HOW_OFTEN_TASKS_TELL = Duration.ofSeconds(1);

  private final StreamExecutionEnvironment environment;
  private final @Nullable PromptCluster cluster;

  private RunEnvironment(StreamExecutionEnvironment environment, @Nullable PromptCluster cluster) {
    this.environment = environment;
    this.cluster = cluster;
  }

  /**
   * Returns the environment of a run: one attempt, whose tasks tell often enough how far they are.
   */
  public static RunEnvironment ofRun() {
    Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, HOW_OFTEN_TASKS_TELL);
    return of(settings);
  }

  /** Returns an environment with settings, over those of the process. */
  static RunEnvironment of(Configuration settings) {
    StreamExecutionEnvironment given = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    if (!(given instanceof LocalStreamEnvironment)) {
      return new RunEnvironment(given, null);
    }
    Configuration configuration = Configuration.fromMap(given.getConfiguration().toMap());
    PromptCluster cluster = PromptCluster.of(configuration);
    return new RunEnvironment(
        new StreamExecutionEnvironment(
            new OneExecutor(LocalExecutor.createWithFactory(configuration, planned -> cluster)),
            configuration,
            null),
        cluster);
  }

  public StreamExecutionEnvironment environment() {
    return environment;
  }

  @Override
  public void close() {
    if (cluster != null) {
      cluster.stopUnused();
    }
  }

  /** What executes the jobs of the environment, whatever its configuration says. */
  private record OneExecutor(PipelineExecutor executor)
      implements PipelineExecutorServiceLoader, PipelineExecutorFactory {

    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
      return this;
    }

    @Override
    public Stream<String> getExecutorNames() {
      return Stream.of(getName());
    }

    @Override
    public String getName() {
      return LocalExecutor.NAME;
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
      return true;
    }

    @Override
    public PipelineExecutor getExecutor(Configuration configuration) {
      return executor;
    }
  }
}
