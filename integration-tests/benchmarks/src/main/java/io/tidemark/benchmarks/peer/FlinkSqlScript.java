package io.tidemark.benchmarks.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** Runs the statements of a file in Flink SQL, as a batch, one after the other to its end. */
public final class FlinkSqlScript {
  /** Two tasks, no copies between operators: what a tuned job has. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "parallelism.default", "2",
          "taskmanager.numberOfTaskSlots", "2",
          "pipeline.object-reuse", "true",
          "restart-strategy.type", "none");

  private FlinkSqlScript() {}

  /** Takes the file, whose statements each end with a semicolon at the end of a line. */
  public static void main(String[] args) throws Exception {
    TableEnvironment flink =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inBatchMode()
                .withConfiguration(Configuration.fromMap(SETTINGS))
                .build());
    for (String statement : Files.readString(Path.of(args[0])).split(";\\s*\n")) {
      flink.executeSql(statement).await();
    }
  }
}
