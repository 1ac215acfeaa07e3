package io.tidemark.stream.job;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where a run in this process keeps its checkpoints if nobody says. Flink would keep them in
 * memory, a few megabytes of them, and nothing could be restored after a crash.
 */
final class LocalCheckpoints {

  private LocalCheckpoints() {}

  /** Gives an environment a directory of the stream's own; a cluster, or one that has, is left. */
  static void keep(StreamExecutionEnvironment environment, String streamId) {
    boolean named =
        environment
            .getConfiguration()
            .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
            .isPresent();
    if (named || !(environment instanceof LocalStreamEnvironment)) {
      return;
    }
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory(streamId));
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    environment.configure(configuration);
  }

  private static String directory(String streamId) {
    String name = URLEncoder.encode(streamId, StandardCharsets.UTF_8);
    return Path.of(System.getProperty("java.io.tmpdir"), "lake-checkpoints", name)
        .toUri()
        .toString();
  }
}
