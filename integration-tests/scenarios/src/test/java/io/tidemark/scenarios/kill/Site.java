package io.tidemark.scenarios.kill;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.fixtures.EmbeddedKafka;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import io.tidemark.fixtures.EmbeddedRestCatalog;
import io.tidemark.fixtures.EmbeddedS3;
import io.tidemark.fixtures.FlakyHttpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Everything that a stream and a seal need, on this machine, and a manifest that says where. */
final class Site implements AutoCloseable {

  static final String TABLE = "ads.clicks";
  static final String TOPIC = "clicks";
  static final String CATALOG_TOKEN = "canary-catalog-token";

  /** What the forked processes find in their environment, and nobody may find elsewhere. */
  static final Map<String, String> SECRETS =
      Map.of(
          "DB_PASSWORD",
          EmbeddedPostgresServer.PASSWORD,
          "S3_SECRET",
          "tidemark-secret",
          "CATALOG_TOKEN",
          CATALOG_TOKEN);

  private static final String MANIFEST =
      """
      catalog:
        type: rest
        uri: "%s"
        token: ${env:CATALOG_TOKEN}
        io-impl: org.apache.iceberg.aws.s3.S3FileIO
        s3.endpoint: "%s"
        s3.path-style-access: "true"
        s3.access-key-id: tidemark
        s3.secret-access-key: ${env:S3_SECRET}
        client.region: us-east-1
      sources:
        billing: { type: postgresql, url: "%s", user: postgres, password: "${env:DB_PASSWORD}", connections: 2 }
        events: { type: kafka, bootstrap: "%s" }
      tables:
        ads.clicks:
          period: { column: hour, grain: hour }
          window: { unit: day, zone: Asia/Seoul, origin: 2026-11-19 }
          keys: { campaign_id: long }
          measures: { clicks: { type: long, merge: sum }, cost: { type: "decimal(18,2)", merge: sum } }
          layout: %s
          stream:
            id: clicks
            from: { source: events, topic: clicks, format: json, event-time: at, out-of-order: 1m }
            fields: { at: timestamptz, campaign: long, price: "decimal(18,2)" }
            select: SELECT FLOOR(`at` TO HOUR) AS `hour`, campaign AS campaign_id, CAST(1 AS BIGINT) AS clicks, price AS cost
          batch:
            from: { source: billing, query: "SELECT hour, campaign_id, clicks, cost FROM settled WHERE hour >= :lo AND hour < :hi" }
      """;

  private final Path directory;
  private final EmbeddedPostgresServer postgres;
  private final EmbeddedS3 s3;
  private final EmbeddedRestCatalog rest;
  private final FlakyHttpProxy proxy;
  private final EmbeddedKafka kafka;

  Site(Path directory, String layout) {
    this.directory = directory;
    postgres = EmbeddedPostgresServer.start(directory.resolve("postgres"));
    postgres.createDatabase("catalog");
    postgres.createDatabase("billing");
    s3 = EmbeddedS3.start(directory.resolve("s3"));
    s3.createBucket("lake");
    rest = EmbeddedRestCatalog.start(behindRest());
    proxy = FlakyHttpProxy.start(rest.uri());
    kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    kafka.createTopic(TOPIC, 2);
    write(layout);
  }

  private void write(String layout) {
    try {
      Files.writeString(
          manifest(),
          MANIFEST.formatted(
              proxy.uri(),
              s3.endpoint(),
              postgres.jdbcUrl("billing"),
              kafka.bootstrapServers(),
              layout));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> behindRest() {
    Map<String, String> properties = new HashMap<>(s3.fileIoProperties());
    properties.put("catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog");
    properties.put("uri", postgres.jdbcUrl("catalog"));
    properties.put("jdbc.user", EmbeddedPostgresServer.USER);
    properties.put("jdbc.password", EmbeddedPostgresServer.PASSWORD);
    properties.put("jdbc.schema-version", "V1");
    properties.put("warehouse", "s3://lake/warehouse");
    return properties;
  }

  /** Returns the catalog for this process, which looks past the proxy. */
  CatalogReference catalog() {
    Map<String, String> properties = new HashMap<>(s3.fileIoProperties());
    properties.put("type", "rest");
    properties.put("uri", rest.uri().toString());
    return new CatalogReference("rest", properties);
  }

  Path manifest() {
    return directory.resolve("lake.yaml");
  }

  Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  Path output() {
    return directory.resolve("output.log");
  }

  Path directory() {
    return directory;
  }

  EmbeddedPostgresServer postgres() {
    return postgres;
  }

  EmbeddedS3 s3() {
    return s3;
  }

  FlakyHttpProxy proxy() {
    return proxy;
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  @Override
  public void close() {
    kafka.close();
    proxy.close();
    rest.close();
    s3.close();
    postgres.close();
  }
}
