package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.window.Window;
import io.tidemark.fixtures.EmbeddedRestCatalog;
import io.tidemark.fixtures.EmbeddedS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogs over a warehouse on S3, with its secret by reference. */
class S3CatalogTest {

  private static final Set<Seal.Allow> AHEAD = Set.of(Seal.Allow.AHEAD_OF_WATERMARK);

  @TempDir static Path dir;

  private static EmbeddedS3 s3;
  private static EmbeddedRestCatalog rest;

  @BeforeAll
  static void start() {
    s3 = EmbeddedS3.start(dir.resolve("s3"));
    s3.createBucket("lake");
    rest = EmbeddedRestCatalog.start(backing());
  }

  @AfterAll
  static void stop() {
    rest.close();
    s3.close();
  }

  @Test
  void aJdbcCatalogKeepsATableOnS3() throws IOException {
    seals(jdbc(secret("s3-secret", s3.secretKey())));
  }

  @Test
  void aRestCatalogKeepsATableOnS3() throws IOException {
    seals(rest(secret("s3-secret", s3.secretKey())));
  }

  @Test
  void aWrongS3SecretWritesNothing() throws IOException {
    CatalogReference reference = jdbc(secret("wrong-secret", "canary-4b1f0e"));
    TableIdentifier id = TableIdentifier.of("ads", "refused");
    try (OpenCatalog open = OpenCatalog.of(reference)) {
      assertThatThrownBy(
              () -> UnifiedTable.createOrVerify(open.catalog(), id, Clicks.contract().build()))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContainingAll("ads.refused", "refuses the catalog's credentials")
          .hasMessageNotContaining("canary-4b1f0e");
      assertThat(open.catalog().tableExists(id)).isFalse();
    }
  }

  @Test
  void aWrongS3SecretIsFoundBeforeTheWorkWhereTheCatalogReadsMetadata() throws IOException {
    // Given
    TableIdentifier id = TableIdentifier.of("ads", "refusing");
    try (OpenCatalog open = OpenCatalog.of(rest(secret("s3-secret", s3.secretKey())))) {
      UnifiedTable.createOrVerify(open.catalog(), id, Clicks.contract().build());
    }
    // When, then
    try (OpenCatalog open = OpenCatalog.of(rest(secret("wrong-secret", "canary-4b1f0e")))) {
      assertThatThrownBy(() -> UnifiedTable.load(open.catalog(), id))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "Cannot open ads.refusing: the object store refuses the catalog's credentials (status 403)");
    }
  }

  @Test
  void aCatalogWhoseClientsReadMetadataAsksTheStoreNoMore() throws IOException {
    // Given
    TableIdentifier id = TableIdentifier.of("ads", "counted");
    try (OpenCatalog open = OpenCatalog.of(jdbc(secret("s3-secret", s3.secretKey())))) {
      UnifiedTable.createOrVerify(open.catalog(), id, Clicks.contract().build());
      long before = heads();
      // When
      UnifiedTable.load(open.catalog(), id);
      // Then
      assertThat(heads()).isEqualTo(before);
    }
  }

  private static long heads() {
    return s3.requests().getOrDefault("HeadObject", 0L);
  }

  private static void seals(CatalogReference reference) throws IOException {
    TableIdentifier id = TableIdentifier.of("ads", "of_" + reference.properties().get("type"));
    try (OpenCatalog open = OpenCatalog.of(reference)) {
      // Given
      UnifiedTable table =
          UnifiedTable.createOrVerify(open.catalog(), id, Clicks.contract().build());
      Window day = table.contract().window().parse("2026-11-20");
      SealPlan plan = table.planSeal("run-1", day, AHEAD);
      // When
      table.seal(new Seal(plan, List.of(), null, AHEAD));
      // Then
      UnifiedTable loaded = new TableLoader(reference, id.toString()).load(open.catalog());
      assertThat(loaded.state().closed().boundary(Instant.EPOCH)).isEqualTo(Instant.EPOCH);
      assertThat(loaded.state().closed().isClosed(day)).isTrue();
      assertThat(loaded.table().location()).startsWith("s3://lake/warehouse");
    }
    assertThat(objects()).isNotEmpty().noneMatch(text -> text.contains(s3.secretKey()));
  }

  private static List<String> objects() throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve("s3"))) {
      return files.filter(Files::isRegularFile).map(S3CatalogTest::content).toList();
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> backing() {
    Map<String, String> properties = new HashMap<>(s3.fileIoProperties());
    properties.put("catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog");
    properties.put("uri", "jdbc:sqlite:" + dir.resolve("rest.db"));
    properties.put("jdbc.schema-version", "V1");
    properties.put("warehouse", "s3://lake/warehouse");
    return properties;
  }

  private static CatalogReference rest(Path secret) {
    Map<String, String> properties = s3Properties(secret);
    properties.put("type", "rest");
    properties.put("uri", rest.uri().toString());
    return new CatalogReference("lake", properties);
  }

  private static CatalogReference jdbc(Path secret) {
    Map<String, String> properties = s3Properties(secret);
    properties.put("type", "jdbc");
    properties.put("uri", "jdbc:sqlite:" + dir.resolve("catalog.db"));
    return new CatalogReference("lake", properties);
  }

  private static Map<String, String> s3Properties(Path secret) {
    Map<String, String> properties = new HashMap<>(s3.fileIoProperties());
    properties.remove("io-impl");
    properties.put("s3.secret-access-key", "${file:%s}".formatted(secret));
    properties.put("warehouse", "s3://lake/warehouse");
    return properties;
  }

  private static Path secret(String file, String value) throws IOException {
    return Files.writeString(dir.resolve(file), value);
  }
}
