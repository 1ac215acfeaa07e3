package io.tidemark.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class LocalCheckpointsTest {

  @Test
  void runInThisProcessKeepsThemInADirectoryOfTheStream() {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment();

    LocalCheckpoints.keep(environment, "ads/hourly");

    assertThat(directory(environment)).endsWith("/lake-checkpoints/ads%252Fhourly");
  }

  @Test
  void directoryThatIsNamedStays() {
    Configuration named = new Configuration();
    named.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///lake/checkpoints");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, named);

    LocalCheckpoints.keep(environment, "ads");

    assertThat(directory(environment)).isEqualTo("file:///lake/checkpoints");
  }

  @Test
  void clusterGoesByItsOwnConfiguration() {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createRemoteEnvironment("cluster", 8081);

    LocalCheckpoints.keep(environment, "ads");

    assertThat(directory(environment)).isNull();
  }

  private static String directory(StreamExecutionEnvironment environment) {
    return environment.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
  }
}
