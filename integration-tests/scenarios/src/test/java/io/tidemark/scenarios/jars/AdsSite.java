package io.tidemark.scenarios.jars;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.fixtures.EmbeddedKafka;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import io.tidemark.fixtures.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A source of events, one of settled rows, a catalog and a store, and a manifest on them. */
final class AdsSite implements AutoCloseable {

  static final String TABLE = "ads.clicks";

  static final Map<String, String> SECRETS =
      Map.of("DB_PASSWORD", EmbeddedPostgresServer.PASSWORD, "S3_SECRET", "tidemark-secret");

  private static final String MANIFEST =
      """
      catalog:
        type: jdbc
        uri: "%1$s"
        user: postgres
        password: ${env:DB_PASSWORD}
        warehouse: s3://lake/warehouse
        s3.endpoint: "%2$s"
        s3.path-style-access: "true"
        s3.access-key-id: tidemark
        s3.secret-access-key: ${env:S3_SECRET}
        client.region: us-east-1
      sources:
        billing: { type: postgresql, url: "%1$s", user: postgres, password: "${env:DB_PASSWORD}", connections: 2 }
        events: { type: kafka, bootstrap: "%3$s" }
      tables:
        ads.clicks:
          period: { column: hour, grain: hour }
          window: { unit: day, zone: Asia/Seoul, origin: 2026-11-19 }
          keys: { campaign_id: long }
          measures: { clicks: { type: long, merge: sum } }
          stream:
            id: clicks
            from: { source: events, topic: clicks, format: json, event-time: at, out-of-order: 1m }
            fields: { at: timestamptz, campaign: long }
            select: SELECT FLOOR(`at` TO HOUR) AS `hour`, campaign AS campaign_id, CAST(1 AS BIGINT) AS clicks
          batch:
            from: { source: billing, query: "SELECT hour, campaign_id, clicks FROM settled WHERE hour >= :lo AND hour < :hi" }
      """;

  private final EmbeddedPostgresServer postgres;
  private final EmbeddedS3 s3;
  private final EmbeddedKafka kafka;
  private final Path manifest;

  AdsSite(Path directory) throws IOException {
    postgres = EmbeddedPostgresServer.start(directory.resolve("postgres"));
    postgres.createDatabase("ads");
    s3 = EmbeddedS3.start(directory.resolve("s3"));
    s3.createBucket("lake");
    kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    kafka.createTopic("clicks", 2);
    manifest =
        Files.writeString(
            directory.resolve("lake.yaml"),
            MANIFEST.formatted(postgres.jdbcUrl("ads"), s3.endpoint(), kafka.bootstrapServers()));
  }

  String manifest() {
    return manifest.toString();
  }

  /** Settles 24 hours of 50 campaigns from 2026-11-19 in Seoul on: 1,200 rows of 7 clicks. */
  void settle() {
    postgres.execute(
        "ads",
        "CREATE TABLE settled AS SELECT timestamptz '2026-11-18T15:00:00Z' + h * interval '1 hour' AS hour, c AS campaign_id, 7::bigint AS clicks FROM generate_series(0, 23) h, generate_series(1::bigint, 50) c");
  }

  /** Sends one click a second from a time on. */
  void click(OffsetDateTime from, int count) throws ExecutionException, InterruptedException {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < count; i++) {
        String event =
            "{\"at\":\"%s\",\"campaign\":%d}".formatted(from.plusSeconds(i).toInstant(), i % 20);
        producer.send(new ProducerRecord<>("clicks", i % 2, null, event)).get();
      }
    }
  }

  /** Returns the clicks by local day. */
  Map<String, Long> clicksByDay() throws IOException {
    Map<String, Long> clicks = new TreeMap<>();
    try (OpenCatalog open = OpenCatalog.of(catalog())) {
      TableLoader loader = new TableLoader(catalog(), TABLE);
      if (!open.catalog().tableExists(loader.identifier())) {
        return clicks;
      }
      try (CloseableIterable<Record> rows =
          IcebergGenerics.read(loader.load(open.catalog()).table()).build()) {
        rows.forEach(row -> clicks.merge(day(row), (Long) row.getField("clicks"), Long::sum));
      }
    }
    return clicks;
  }

  private static String day(Record row) {
    OffsetDateTime hour = (OffsetDateTime) row.getField("hour");
    return hour.atZoneSameInstant(ZoneId.of("Asia/Seoul")).toLocalDate().toString();
  }

  private CatalogReference catalog() {
    Map<String, String> properties = new HashMap<>(s3.fileIoProperties());
    properties.put("type", "jdbc");
    properties.put("uri", postgres.jdbcUrl("ads"));
    properties.put("user", EmbeddedPostgresServer.USER);
    properties.put("password", EmbeddedPostgresServer.PASSWORD);
    properties.put("warehouse", "s3://lake/warehouse");
    return new CatalogReference("lake", properties);
  }

  @Override
  public void close() {
    kafka.close();
    s3.close();
    postgres.close();
  }
}
