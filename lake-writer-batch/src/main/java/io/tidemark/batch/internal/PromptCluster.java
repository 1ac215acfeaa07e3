package io.tidemark.batch.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster within this process that is on its way as soon as it is made. */
final class PromptCluster extends MiniCluster {

  private static final Logger LOG = LoggerFactory.getLogger(PromptCluster.class);

  private final FutureTask<Void> start =
      new FutureTask<>(
          () -> {
            super.start();
            return null;
          });

  private volatile boolean taken;

  private PromptCluster(MiniClusterConfiguration configuration) {
    super(configuration);
  }

  /**
   * Begins to start a cluster with a slot for each task of a job's parallelism.
   *
   * @param configuration says the parallelism
   */
  static PromptCluster of(Configuration configuration) {
    Configuration own = new Configuration(configuration);
    own.set(RestOptions.BIND_PORT, "0");
    PromptCluster cluster =
        new PromptCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(own)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .setNumSlotsPerTaskManager(own.get(CoreOptions.DEFAULT_PARALLELISM))
                .build());
    Thread thread = new Thread(cluster.start, "tidemark-cluster-start");
    thread.setDaemon(true);
    thread.start();
    return cluster;
  }

  /**
   * Hands it over to a job, which stops it at its end. Waits until it has started, and throws what
   * has kept it from that.
   */
  @Override
  public void start() throws Exception {
    taken = true;
    try {
      start.get();
    } catch (ExecutionException e) {
      throw ExceptionUtils.stripExecutionException(e) instanceof Exception cause ? cause : e;
    }
  }

  /** Stops it, unless a job has it. */
  void stopUnused() {
    if (!taken) {
      try {
        start.get();
        close();
      } catch (Exception e) {
        LOG.debug("Cannot stop a cluster that no job has used", e);
      }
    }
  }
}
