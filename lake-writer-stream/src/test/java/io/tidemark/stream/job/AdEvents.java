package io.tidemark.stream.job;

import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.contract.ContractBuilder;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.manifest.Source;
import io.tidemark.catalog.manifest.TableEntry;
import io.tidemark.catalog.window.WindowUnit;
import io.tidemark.fixtures.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of ad events, and the manifest's entry that streams it into a table. */
final class AdEvents implements AutoCloseable {

  static final String STREAM = "clicks-hourly";

  static final String SELECT =
      """
      SELECT FLOOR(occurred_at TO HOUR) AS `hour`, campaign_id,
             IF(type = 'click', 1, 0) AS clicks, price AS cost
      WHERE type <> 'ping'
      """;

  private final String topic;
  private final Source.Kafka source;
  private final KafkaProducer<byte[], byte[]> producer;

  AdEvents(EmbeddedKafka kafka, String topic, int partitions) {
    this.topic = topic;
    this.source = new Source.Kafka("events", kafka.bootstrapServers(), Map.of());
    kafka.createTopic(topic, partitions);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static ContractBuilder contract() {
    return withoutMeasures()
        .measure("clicks", Types.LongType.get(), new Merge.Sum())
        .measure("cost", Types.DecimalType.of(18, 2), new Merge.Sum());
  }

  /** The same measures in another order. */
  static ContractBuilder reordered() {
    return withoutMeasures()
        .measure("cost", Types.DecimalType.of(18, 2), new Merge.Sum())
        .measure("clicks", Types.LongType.get(), new Merge.Sum());
  }

  private static ContractBuilder withoutMeasures() {
    return TableContract.builder()
        .period("hour", Grain.HOUR)
        .window(WindowUnit.DAY, ZoneId.of("Asia/Seoul"), LocalDate.of(2026, 11, 20))
        .key("campaign_id", Types.LongType.get())
        .allowedSkew(Duration.ofDays(36_500));
  }

  TableEntry entry(TableContract contract) {
    return entry(contract, SELECT, source);
  }

  TableEntry entry(TableContract contract, String select) {
    return entry(contract, select, source);
  }

  TableEntry entry(TableContract contract, Map<String, String> kafkaProperties) {
    return entry(contract, SELECT, new Source.Kafka("events", source.bootstrap(), kafkaProperties));
  }

  private TableEntry entry(TableContract contract, String select, Source.Kafka kafka) {
    Map<String, Type.PrimitiveType> fields = new LinkedHashMap<>();
    fields.put("occurred_at", Types.TimestampType.withZone());
    fields.put("type", Types.StringType.get());
    fields.put("campaign_id", Types.LongType.get());
    fields.put("price", Types.DecimalType.of(18, 2));
    TableEntry.Stream stream =
        new TableEntry.Stream(
            STREAM, kafka, topic, "json", "occurred_at", Duration.ofSeconds(1), fields, select);
    return new TableEntry("ads.clicks_hourly", contract, stream, null);
  }

  StreamJob job(TableLoader loader, TableContract contract) {
    return StreamJob.of(loader, entry(contract));
  }

  /** Sends a click at a price of 0.50 and returns where it went. */
  void click(int partition, String occurredAt, long campaign) {
    send(
        partition,
        "{\"occurred_at\": \"%s\", \"type\": \"click\", \"campaign_id\": %d, \"price\": 0.5}"
            .formatted(occurredAt, campaign));
  }

  /** Sends an event that the select filters out. */
  void ping(int partition, String occurredAt) {
    send(partition, "{\"occurred_at\": \"%s\", \"type\": \"ping\"}".formatted(occurredAt));
  }

  void send(int partition, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(new ProducerRecord<>(topic, partition, null, bytes)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  String partition(int number) {
    return topic + "-" + number;
  }

  @Override
  public void close() {
    producer.close();
  }
}
