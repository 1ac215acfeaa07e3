package io.tidemark.scenarios.kill;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.window.Window;
import io.tidemark.fixtures.EmbeddedKafka;
import io.tidemark.fixtures.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A table of clicks with its topic and its billing rows, and a manifest that says where. */
final class Site {

  private static final AtomicInteger SITES = new AtomicInteger();

  private static final String MANIFEST =
      """
      catalog:
      %s
        io-impl: org.apache.iceberg.aws.s3.S3FileIO
        s3.endpoint: "%s"
        s3.path-style-access: "true"
        s3.access-key-id: tidemark
        s3.secret-access-key: %s
        client.region: us-east-1
      sources:
        billing: { type: postgresql, url: "%s", user: postgres, password: "%s", connections: 2 }
        events:
          type: kafka
          bootstrap: "%s"
          properties:
            security.protocol: SASL_PLAINTEXT
            sasl.mechanism: PLAIN
            sasl.jaas.config: org.apache.kafka.common.security.plain.PlainLoginModule required username="%s" password="%s";
      tables:
        %s:
          period: { column: hour, grain: hour }
          window: { unit: day, zone: Asia/Seoul, origin: 2026-11-19 }
          keys: { campaign_id: long }
          measures: { clicks: { type: long, merge: sum }, cost: { type: "decimal(18,2)", merge: sum } }
          layout: %s
          stream:
            id: clicks
            from: { source: events, topic: %s, format: json, event-time: at, out-of-order: 1m }
            fields: { at: timestamptz, campaign: long, price: "decimal(18,2)" }
            select: SELECT FLOOR(`at` TO HOUR) AS `hour`, campaign AS campaign_id, CAST(1 AS BIGINT) AS clicks, price AS cost
          batch:
            from: { source: billing, query: "SELECT hour, campaign_id, clicks, cost FROM %s.settled WHERE hour >= :lo AND hour < :hi" }
      """;

  private final Servers servers;
  private final Path directory;
  private final SiteCatalog catalog;
  private final String namespace = "ads" + SITES.incrementAndGet();

  Site(Servers servers, Path directory, SiteCatalog catalog, OpenLayout layout) {
    this.servers = servers;
    this.directory = directory;
    this.catalog = catalog;
    servers.kafka().createTopic(topic(), Clicks.PARTITIONS);
    write(layout);
    for (Canary canary : Canary.values()) {
      tell(canary, canary.value());
    }
  }

  private void write(OpenLayout layout) {
    String properties =
        catalog.ofJobs(servers.catalogs()).entrySet().stream()
            .map(property -> "  %s: \"%s\"".formatted(property.getKey(), property.getValue()))
            .collect(Collectors.joining("\n"));
    String text =
        MANIFEST.formatted(
            properties,
            servers.catalogs().s3().endpoint(),
            Canary.S3_SECRET.reference(),
            servers.catalogs().postgres().jdbcUrl("billing"),
            Canary.DATABASE_PASSWORD.reference(),
            servers.kafka().bootstrapServers(),
            EmbeddedKafka.USER,
            Canary.KAFKA_PASSWORD.reference(),
            table(),
            layout.name().toLowerCase(Locale.ROOT),
            topic(),
            namespace);
    write(manifest(), text.replace("@secrets@", directory.toString()));
  }

  /** Writes the file that the manifest refers to for a secret. */
  void tell(Canary canary, String value) {
    write(directory.resolve(canary.name()), value);
  }

  /** Closes the first day, which has no rows. */
  void sealTheFirstDay() {
    try (OpenCatalog open = OpenCatalog.of(catalog())) {
      UnifiedTable table = createOrVerify(open);
      Window day = table.contract().window().parse("2026-11-19");
      table.seal(new Seal(table.planSeal("first", day, Set.of()), List.of(), null, Set.of()));
    }
  }

  /** Creates the table as the manifest has it. */
  void create() {
    try (OpenCatalog open = OpenCatalog.of(catalog())) {
      createOrVerify(open);
    }
  }

  private UnifiedTable createOrVerify(OpenCatalog open) {
    return UnifiedTable.createOrVerify(
        open.catalog(), loader().identifier(), Manifest.load(manifest()).table(table()).contract());
  }

  /** Settles the first day: 50 campaigns in each of its hours. */
  void settleTheFirstDay() {
    servers
        .catalogs()
        .postgres()
        .execute(
            "billing",
            """
            CREATE SCHEMA %1$s;
            CREATE TABLE %1$s.settled (hour timestamptz, campaign_id bigint, clicks bigint, cost numeric(18,2));
            INSERT INTO %1$s.settled
            SELECT timestamptz '2026-11-18T15:00:00Z' + h * interval '1 hour', c, h * c, h + c / 100.0
            FROM generate_series(0, 23) h, generate_series(1, 50) c
            """
                .formatted(namespace));
  }

  /** Runs an action before the next object is stored whose key holds a text, below the table. */
  void beforePut(String part, String suffix, Runnable action) {
    servers
        .catalogs()
        .s3()
        .beforePut(
            key -> key.contains("/" + namespace + "/" + part) && key.endsWith(suffix), action);
  }

  /** Strikes the next commit to the table. */
  void onCommit(Fault fault) {
    catalog.onCommit(servers.catalogs(), namespace, fault);
  }

  String table() {
    return namespace + ".clicks";
  }

  String topic() {
    return namespace;
  }

  /** Returns the catalog for this process, which looks past the proxies. */
  CatalogReference catalog() {
    return new CatalogReference("lake", catalog.ofTests(servers.catalogs()));
  }

  TableLoader loader() {
    return new TableLoader(catalog(), table());
  }

  Servers servers() {
    return servers;
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

  /** Returns the folder of the table's objects, and of the tables beside it. */
  Path objects() {
    return servers
        .catalogs()
        .bucket()
        .resolve(catalog.name().toLowerCase(Locale.ROOT))
        .resolve(namespace);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
