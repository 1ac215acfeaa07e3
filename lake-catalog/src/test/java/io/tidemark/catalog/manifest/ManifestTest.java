package io.tidemark.catalog.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.LatePolicy;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.WindowUnit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest that the documentation shows, and the forms that it does not. */
class ManifestTest {

  @TempDir Path dir;

  private final Manifest manifest = Manifest.load(Path.of("src/test/resources/manifest/lake.yaml"));

  @Test
  void theCatalogKeepsItsReferences() {
    assertThat(manifest.catalog())
        .isEqualTo(
            new CatalogReference(
                "lake",
                Map.of(
                    "type", "rest",
                    "uri", "https://catalog.internal",
                    "warehouse", "s3://lake/warehouse",
                    "credential", "${file:/run/secrets/catalog}")));
  }

  @Test
  void aManifestMayBeAsLongAsItsTablesAreMany() throws IOException {
    String small = Files.readString(Path.of("src/test/resources/manifest/lake.yaml"));
    Path large = dir.resolve("large.yaml");
    String comments = "# what the tables are for\n".repeat(200_000);
    Files.writeString(large, small.replace("tables:\n", comments + "tables:\n"));

    assertThat(Manifest.load(large).tables()).isEqualTo(manifest.tables());
  }

  @Test
  void aSecretOfADriverMayBeAReferenceInItsUrl() throws IOException {
    String text = Files.readString(Path.of("src/test/resources/manifest/lake.yaml"));
    Path file = dir.resolve("driver.yaml");
    Files.writeString(file, text.replace("5432/ads", "5432/ads?sslpassword=${env:KEY}"));

    assertThat(((Source.Database) Manifest.load(file).sources().get("ads-db")).url())
        .endsWith("?sslpassword=${env:KEY}");
  }

  @Test
  void aManifestInAnotherEncodingIsToldSo() throws IOException {
    Path file = Files.write(dir.resolve("latin.yaml"), "# für".getBytes(ISO_8859_1));

    assertThatThrownBy(() -> Manifest.load(file))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot read manifest %s: it is not UTF-8. Save it in that encoding".formatted(file));
  }

  @Test
  void theSourcesKeepTheirReferences() {
    assertThat(manifest.sources().values())
        .containsExactly(
            new Source.Postgres(
                "ads-db",
                "jdbc:postgresql://replica:5432/ads",
                "${env:ADS_USER}",
                "${env:ADS_PASSWORD}",
                4),
            new Source.Kafka("events", "broker:9092", Map.of()));
  }

  @Test
  void theContractIsThatOfTheTable() {
    assertThat(manifest.table("ads.campaign_hourly").contract())
        .isEqualTo(
            TableContract.builder()
                .period("hour", Grain.HOUR)
                .window(WindowUnit.DAY, ZoneId.of("Asia/Seoul"), LocalDate.of(2024, 1, 1))
                .key("campaign_id", Types.LongType.get())
                .key("placement", Types.StringType.get())
                .measure("impressions", Types.LongType.get(), new Merge.Sum())
                .measure("clicks", Types.LongType.get(), new Merge.Sum())
                .measure("cost", Types.DecimalType.of(18, 2), new Merge.Sum())
                .build());
  }

  @Test
  void theStreamIsReadInTheOrderOfItsFields() {
    TableEntry.Stream stream = manifest.table("ads.campaign_hourly").stream();
    assertThat(stream.id()).isEqualTo("campaign-hourly");
    assertThat(stream.source()).isEqualTo(manifest.sources().get("events"));
    assertThat(stream.eventTime()).isEqualTo("occurred_at");
    assertThat(stream.outOfOrder()).isEqualTo(Duration.ofMinutes(2));
    assertThat(stream.fields())
        .containsExactly(
            Map.entry("occurred_at", Types.TimestampType.withZone()),
            Map.entry("type", Types.StringType.get()),
            Map.entry("campaign_id", Types.LongType.get()),
            Map.entry("placement", Types.StringType.get()),
            Map.entry("price", Types.DecimalType.of(18, 2)));
    assertThat(stream.select()).startsWith("SELECT FLOOR(").endsWith("price AS cost");
  }

  @Test
  void theBatchReadsFromItsSource() {
    TableEntry.Batch batch = manifest.table("ads.campaign_hourly").batch();
    assertThat(batch.source()).isEqualTo(manifest.sources().get("ads-db"));
    assertThat(batch.query()).contains(":lo").contains(":hi");
    assertThat(batch.splitBy()).isNull();
  }

  @Test
  void whatTravelsInAJobGraphIsSerializable() throws IOException, ClassNotFoundException {
    TableEntry.Stream stream = manifest.table("ads.campaign_hourly").stream();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(stream);
    assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
        .isEqualTo(stream);
  }

  @Test
  void everyOptionOfATableIsRead() throws IOException {
    // Given
    Path file =
        Files.writeString(
            dir.resolve("lake.yaml"),
            """
            catalog: { type: jdbc, uri: "jdbc:sqlite:/tmp/lake.db", warehouse: /tmp/lake, s3.endpoint: "http://s3:9000" }
            tables:
              ads.prices:
                period: { column: minute, grain: minute, type: timestamp }
                window: { unit: hour, zone: UTC, origin: 2024-01-01 }
                keys: { sku: string }
                measures:
                  price: { type: double, merge: last, by: seen_at }
                  seen_at: { type: timestamptz, merge: max }
                  least: { type: double, merge: min }
                layout: events
                cells: { buckets: 8, key: sku }
                partition: period
                late: drop
                open-horizon: 7d
                allowed-skew: 24h
            """);
    // When
    Manifest read = Manifest.load(file);
    // Then
    assertThat(read.catalog().properties()).containsEntry("s3.endpoint", "http://s3:9000");
    assertThat(read.table("ads.prices").contract())
        .isEqualTo(
            TableContract.builder()
                .period("minute", Grain.MINUTE, Types.TimestampType.withoutZone())
                .window(WindowUnit.HOUR, ZoneId.of("UTC"), LocalDate.of(2024, 1, 1))
                .key("sku", Types.StringType.get())
                .measure("price", Types.DoubleType.get(), new Merge.Last("seen_at"))
                .measure("seen_at", Types.TimestampType.withZone(), new Merge.Max())
                .measure("least", Types.DoubleType.get(), new Merge.Min())
                .layout(OpenLayout.EVENTS)
                .cells(8, "sku")
                .partitionByPeriod()
                .late(LatePolicy.DROP)
                .openHorizon(Duration.ofDays(7))
                .allowedSkew(Duration.ofHours(24))
                .build());
  }

  @Test
  void theManifestOfTheFrontPageIsTheSame() throws IOException {
    // Given
    String page = Files.readString(Path.of("../README.md"));
    int start = page.indexOf("```yaml") + "```yaml".length();
    String yaml = page.substring(start, page.indexOf("```", start));
    // When
    Manifest read = Manifest.load(Files.writeString(dir.resolve("lake.yaml"), yaml));
    // Then
    assertThat(read).isEqualTo(manifest);
  }

  @Test
  void aTableThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> manifest.table("ads.campaigns"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "Cannot find table ads.campaigns in the manifest: it has [ads.campaign_hourly]");
  }
}
