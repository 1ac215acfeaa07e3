package io.tidemark.stream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.job.JobMain;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.EmbeddedKafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamCommandTest {

  private static final String MANIFEST =
      """
      catalog: { type: jdbc, uri: "jdbc:sqlite:%1$s/catalog.db", warehouse: "%1$s/warehouse" }
      sources:
        events: { type: kafka, bootstrap: "%2$s" }
      tables:
        ads.campaign_hourly:
          period:  { column: hour, grain: hour }
          window:  { unit: day, zone: Asia/Seoul, origin: 2024-01-01 }
          keys:    { campaign_id: long, placement: string }
          measures: { impressions: { type: long, merge: sum }, clicks: { type: long, merge: sum }, cost: { type: "decimal(18,2)", merge: sum } }
          stream:
            id: campaign-hourly
            from: { source: events, topic: %3$s, format: json, event-time: occurred_at, out-of-order: 2m }
            fields: { occurred_at: timestamptz, type: string, campaign_id: long, placement: string, price: "decimal(18,2)" }
            select: >
              SELECT FLOOR(occurred_at TO HOUR) AS `hour`, campaign_id, placement,
                     IF(type = 'impression', 1, 0) AS impressions, IF(type = 'click', 1, 0) AS clicks, price AS cost
            late: quarantine
      """;

  @TempDir static Path shared;
  @TempDir Path dir;

  private static EmbeddedKafka kafka;

  private final StringWriter output = new StringWriter();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(shared.resolve("kafka"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void manifestOfTheDesignStreams() throws IOException {
    Path manifest = manifest(kafka.bootstrapServers(), "ad-events");
    try (AdEvents events = new AdEvents(kafka, "ad-events", 1)) {
      for (String type : new String[] {"impression", "impression", "click"}) {
        events.send(
            0,
            "{\"occurred_at\": \"2026-11-20T23:59:59+09:00\", \"type\": \"%s\", \"campaign_id\": 7, \"placement\": \"top\", \"price\": 0.25}"
                .formatted(type));
      }
    }

    int exit = stream(manifest, "--stop-at-latest", "--checkpoint-interval", "500ms");

    assertThat(exit).as(output.toString()).isZero();
    TableLoader loader = Manifest.load(manifest).loader("ads.campaign_hourly");
    try (OpenCatalog open = OpenCatalog.of(loader.catalog())) {
      Map<String, String> summary = loader.load(open.catalog()).table().currentSnapshot().summary();
      assertThat(summary).contains(entry("total-records", "1"));
    }
  }

  @Test
  void intervalWithoutAUnitIsABadRequest() throws IOException {
    int exit = stream(manifest("localhost:1", "ad-events"), "--checkpoint-interval", "10");

    assertThat(exit).isEqualTo(2);
    assertThat(output.toString()).contains("'--checkpoint-interval'", "'10' has no unit");
  }

  @Test
  void topicThatIsNotThereIsABadRequest() throws IOException {
    int exit = stream(manifest(kafka.bootstrapServers(), "no-such-topic"));

    assertThat(exit).isEqualTo(2);
    assertThat(output.toString()).contains("no-such-topic").contains("no such topic");
    assertThat(dir.resolve("catalog.db")).doesNotExist();
  }

  @Test
  void restoredStreamThatShouldEndAtTheLatestEventsIsABadRequest() throws IOException {
    Path manifest = manifest(kafka.bootstrapServers(), "ad-events");

    int exit = stream(manifest, "--stop-at-latest", "--from-savepoint", "chk-1");

    assertThat(exit).isEqualTo(2);
    assertThat(output.toString()).contains("--stop-at-latest does not go with --from-savepoint");
    assertThat(dir.resolve("catalog.db")).doesNotExist();
  }

  @Test
  void kafkaThatDoesNotAnswerIsAFailure() throws IOException {
    int exit = stream(manifest("localhost:1", "ad-events"));

    assertThat(exit).isEqualTo(1);
    assertThat(output.toString()).contains("Cannot read topic ad-events");
    assertThat(dir.resolve("catalog.db")).doesNotExist();
  }

  private Path manifest(String bootstrap, String topic) throws IOException {
    return Files.writeString(dir.resolve("lake.yaml"), MANIFEST.formatted(dir, bootstrap, topic));
  }

  private int stream(Path manifest, String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "ads.campaign_hourly";
    args[1] = "--manifest";
    args[2] = manifest.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    PrintWriter writer = new PrintWriter(output, true);
    return JobMain.commandLine(new StreamCommand()).setOut(writer).setErr(writer).execute(args);
  }
}
