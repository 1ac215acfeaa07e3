package io.tidemark.batch;

import io.tidemark.catalog.manifest.Manifest;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A load by two readers in small splits, in this process or in one that may be killed. */
public final class LoadProcess {

  private LoadProcess() {}

  /**
   * Loads.
   *
   * @param arguments the manifest and the run id
   */
  public static void main(String... arguments) {
    LoadReport report = load(Path.of(arguments[0]), arguments[1]);
    System.out.println(report);
    System.exit(report.exitCode());
  }

  static LoadReport load(Path manifest, String runId) {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return LoadRun.of(Manifest.load(manifest))
        .runId(runId)
        .splitSize(MemorySize.ofMebiBytes(4))
        .run(StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(2));
  }
}
