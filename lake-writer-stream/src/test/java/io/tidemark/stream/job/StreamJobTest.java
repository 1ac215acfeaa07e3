package io.tidemark.stream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.WindowUnit;
import io.tidemark.stream.Lake;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamJobTest extends OnKafka {

  @ParameterizedTest
  @EnumSource(OpenLayout.class)
  void everyReadableEventCountsOnceHoweverOutOfOrder(OpenLayout layout) throws Exception {
    TableContract contract = AdEvents.contract().layout(layout).build();
    try (Lake lake = Lake.create(dir, contract)) {
      events.click(0, "2026-11-21T03:10:00+09:00", 7);
      events.click(0, "2026-11-20T03:10:00+09:00", 7);
      events.click(1, "2026-11-20T03:50:00+09:00", 7);
      events.click(1, "2026-11-19T18:59:59Z", 7);
      events.ping(2, "2026-11-20T03:50:00+09:00");

      run(lake, contract);

      assertThat(lake.clicks())
          .containsExactly(entry("2026-11-20/7", 3L), entry("2026-11-21/7", 1L));
      assertThat(cost(lake)).isEqualTo("2.00");
    }
  }

  /** The table has the measures in the order in which they came to it. */
  @Test
  void orderOfTheMeasuresInTheManifestDoesNotMatter() throws Exception {
    try (Lake lake = Lake.create(dir, AdEvents.contract().build())) {
      events.click(0, "2026-11-21T03:10:00+09:00", 7);

      run(lake, AdEvents.reordered().build());

      assertThat(lake.clicks()).containsExactly(entry("2026-11-21/7", 1L));
      assertThat(cost(lake)).isEqualTo("0.50");
    }
  }

  @Test
  void unreadableEventsAreKeptAsTheyCame() throws Exception {
    TableContract contract = AdEvents.contract().build();
    try (Lake lake = Lake.create(dir, contract)) {
      events.click(2, "2026-11-20T03:10:00+09:00", 7);
      events.send(2, "{\"occurred_at\": ");
      events.send(2, "{\"type\": \"click\", \"campaign_id\": 7}");
      events.send(2, "{\"occurred_at\": \"2026-11-20T03:10:00Z\", \"campaign_id\": \"seven\"}");
      events.send(2, "{\"occurred_at\": \"2026-11-20T03:10:00Z\", \"type\": \"click\"}");

      run(lake, contract);

      assertThat(lake.total()).isEqualTo(1);
      assertThat(lake.deadLetters())
          .extracting(row -> row.getField("offset"), row -> row.getField("reason"))
          .containsExactlyInAnyOrder(
              tuple(1L, "not JSON"),
              tuple(2L, "no event time: occurred_at is missing"),
              tuple(3L, "field campaign_id: \"seven\" is no BIGINT"),
              tuple(4L, "campaign_id is null"));
      Record broken = letterAt(lake, 1L);
      assertThat(StandardCharsets.UTF_8.decode((ByteBuffer) broken.getField("payload")).toString())
          .isEqualTo("{\"occurred_at\": ");
      assertThat(broken.getField("topic") + "-" + broken.getField("partition"))
          .isEqualTo(events.partition(2));
    }
  }

  @Test
  void eventThatTheSelectFailsOnIsADeadLetter() throws Exception {
    TableContract contract = AdEvents.contract().build();
    String select =
        "SELECT FLOOR(occurred_at TO HOUR) AS `hour`, campaign_id, CAST(type AS BIGINT) AS clicks, price AS cost";
    try (Lake lake = Lake.create(dir, contract)) {
      events.click(0, "2026-11-20T03:10:00+09:00", 7);
      events.send(
          0, "{\"occurred_at\": \"2026-11-20T03:10:00Z\", \"campaign_id\": 7, \"type\": \"5\"}");

      StreamExecutionEnvironment environment = flink.environment(Duration.ofMillis(500));
      StreamJob.of(lake.loader(), events.entry(contract, select)).stopAtLatest().addTo(environment);
      environment.execute();

      assertThat(lake.total()).isEqualTo(5);
      assertThat(lake.deadLetters())
          .singleElement()
          .satisfies(
              letter -> assertThat((String) letter.getField("reason")).startsWith("select:"));
    }
  }

  @Test
  void publishNamesThePositionsItIsCompleteTo() throws Exception {
    TableContract contract = AdEvents.contract().build();
    try (Lake lake = Lake.create(dir, contract)) {
      events.click(0, "2026-11-20T03:10:00+09:00", 7);
      events.click(0, "2026-11-20T03:10:00+09:00", 7);
      events.send(1, "broken");

      run(lake, contract);

      assertThat(token(lake).positions())
          .containsOnly(entry(events.partition(0), "2"), entry(events.partition(1), "1"));
    }
  }

  @Test
  void quietStreamSaysThatItPassedTheEdgeOfAWindow() throws Exception {
    TableContract contract =
        AdEvents.contract().window(WindowUnit.DAY, Lake.SEOUL, LocalDate.of(2024, 11, 20)).build();
    try (Lake lake = Lake.create(dir, contract)) {
      for (int partition = 0; partition < 3; partition++) {
        events.ping(partition, "2024-11-22T00:00:02+09:00");
      }

      run(lake, contract);

      assertThat(lake.rows()).isEmpty();
      assertThat(token(lake).watermark())
          .isAfterOrEqualTo(Instant.parse("2024-11-21T15:00:00Z"))
          .isBefore(Instant.parse("2024-11-21T15:00:02Z"));
    }
  }

  @Test
  void selectOfAnUnknownColumnIsRefusedAndNothingIsWritten() {
    TableContract contract = AdEvents.contract().build();
    TableLoader loader = new TableLoader(Lake.catalog(dir), "ads.clicks_hourly");
    String select = AdEvents.SELECT.replace("price", "prize");

    assertThatThrownBy(
            () -> StreamJob.of(loader, events.entry(contract, select)).addTo(flink.environment()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("prize");
    assertNoTable(loader);
  }

  @Test
  void selectThatBringsOtherColumnsIsRefused() {
    TableContract contract = AdEvents.contract().build();
    TableLoader loader = new TableLoader(Lake.catalog(dir), "ads.clicks_hourly");
    String select = AdEvents.SELECT.replace("AS clicks", "AS klicks");

    assertThatThrownBy(
            () -> StreamJob.of(loader, events.entry(contract, select)).addTo(flink.environment()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("klicks");
    assertNoTable(loader);
  }

  @Test
  void selectWhoseNumbersMayNotFitIsRefused() {
    TableContract contract = AdEvents.contract().build();
    TableLoader loader = new TableLoader(Lake.catalog(dir), "ads.clicks_hourly");
    String select = AdEvents.SELECT.replace("price AS", "price * 1.5 AS");

    assertThatThrownBy(
            () -> StreamJob.of(loader, events.entry(contract, select)).addTo(flink.environment()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("cost as DECIMAL(21, 3)")
        .hasMessageContaining("CAST(... AS DECIMAL(18, 2)) AS cost");
    assertNoTable(loader);
  }

  @Test
  void secretsStayOutOfTheJobGraph() throws Exception {
    TableContract contract = AdEvents.contract().build();
    Path secret = Files.writeString(dir.resolve("secret"), "canary-4711");
    try (Lake lake = Lake.create(dir, contract)) {
      StreamExecutionEnvironment environment = flink.environment(Duration.ofMillis(500));
      StreamJob.of(
              lake.loader(), events.entry(contract, Map.of("client.id", "${file:" + secret + "}")))
          .addTo(environment);

      byte[] graph = InstantiationUtil.serializeObject(environment.getStreamGraph().getJobGraph());

      assertThat(new String(graph, StandardCharsets.ISO_8859_1))
          .contains("${file:")
          .doesNotContain("canary-4711");
    }
  }

  private void run(Lake lake, TableContract contract) throws Exception {
    StreamExecutionEnvironment environment = flink.environment(Duration.ofMillis(500));
    events.job(lake.loader(), contract).stopAtLatest().addTo(environment);
    environment.execute();
  }

  private static BigDecimal cost(Lake lake) {
    return lake.rows().stream()
        .map(row -> (BigDecimal) row.getField("cost"))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Record letterAt(Lake lake, long offset) {
    return lake.deadLetters().stream()
        .filter(row -> row.getField("offset").equals(offset))
        .findFirst()
        .orElseThrow();
  }

  private static StreamToken token(Lake lake) {
    return lake.table().state().token(AdEvents.STREAM).orElseThrow();
  }

  private static void assertNoTable(TableLoader loader) {
    try (OpenCatalog open = OpenCatalog.of(loader.catalog())) {
      assertThat(open.catalog().tableExists(loader.identifier())).isFalse();
    }
  }
}
