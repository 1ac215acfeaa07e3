package io.tidemark.scenarios.kill;

import io.tidemark.fixtures.EmbeddedFlink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.RemoteStreamEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.InstantiationUtil;

/** An environment with checkpoints that keeps the job graph it sends to the cluster. */
final class RecordedEnvironment extends RemoteStreamEnvironment {

  private byte[] jobGraph = {};

  private RecordedEnvironment(URI cluster) {
    super(cluster.getHost(), cluster.getPort(), checkpointed());
  }

  private static Configuration checkpointed() {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    return configuration;
  }

  static RecordedEnvironment of(EmbeddedFlink flink) {
    return new RecordedEnvironment(flink.cluster().getRestAddress().join());
  }

  @Override
  public JobClient executeAsync(StreamGraph graph) throws Exception {
    try {
      jobGraph = InstantiationUtil.serializeObject(graph.getJobGraph());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return super.executeAsync(graph);
  }

  /** Returns the graph of the last job, serialized. */
  byte[] jobGraph() {
    return jobGraph;
  }
}
