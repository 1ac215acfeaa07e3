package io.tidemark.stream.job;

import io.tidemark.fixtures.EmbeddedFlink;
import io.tidemark.fixtures.EmbeddedKafka;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share a broker and a Flink cluster; each has a topic and a directory of its own. */
abstract class OnKafka {

  static EmbeddedFlink flink;
  static EmbeddedKafka kafka;

  @TempDir static Path servers;
  private static int topics;

  @TempDir Path dir;
  AdEvents events;

  @BeforeAll
  static void start() {
    flink = EmbeddedFlink.start(servers.resolve("flink"), 4);
    kafka = EmbeddedKafka.start(servers.resolve("kafka"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
    flink.close();
  }

  @BeforeEach
  void createTopic() {
    events = new AdEvents(kafka, "ad-events-" + topics++, 3);
  }
}
