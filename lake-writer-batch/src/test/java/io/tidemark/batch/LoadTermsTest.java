package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loads that cannot go on from the load before, as the same row would be told by another text. */
class LoadTermsTest {

  private static final String CHANGES = "mode: upsert, cursor: transaction, key: [ code ]";

  private static ShopDatabase shop;

  @TempDir Path directory;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shop = ShopDatabase.start(directory);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @BeforeEach
  void createItems() {
    shop.clear();
    shop.execute(
        """
        CREATE TABLE items (code char(5), other char(5), name varchar(5), price numeric(5, 2), at timestamp);
        INSERT INTO items SELECT i, i * 2, i, i, timestamp '2026-11-01 00:00' + i * interval '1 hour'
          FROM generate_series(1, 10) i
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          code  |                   | char(10)      | code bpchar(5)     | code bpchar(10)
          code  |                   | varchar(5)    | code bpchar(5)     | code text
          price | { type: string }  | numeric(7, 4) | price numeric(5,2) | price numeric(7,4)
          """)
  void keyWhoseTextsComeFromAnotherTypeIsRefused(
      String key, String rule, String type, String was, String is) {
    String rules = rule == null ? "" : ", columns: { %s: %s }".formatted(key, rule);
    String terms = "mode: upsert, cursor: transaction, key: [ %s ]%s".formatted(key, rules);
    load("run-1", terms);
    shop.execute("ALTER TABLE items ALTER %s TYPE %s".formatted(key, type));

    LoadReport report = load("run-2", terms);

    assertThat(report.exitCode()).as(report.toString()).isEqualTo(3);
    assertThat(report.failed().get(0).reason())
        .isEqualTo(
            "Cannot go on with the loads of raw.items: what it reads was [%1$s from %2$s] and is [%1$s from %3$s]. Load it anew with --full, or change it back. Nothing was loaded."
                .formatted(key, was, is));
    assertThat(ShopDatabase.rows(directory, "raw.items")).hasSize(10);
  }

  @Test
  void lengthOfTextsIsNoMatter() {
    String terms = "mode: upsert, cursor: transaction, key: [ name ]";
    load("run-1", terms);
    shop.execute("ALTER TABLE items ALTER name TYPE text; UPDATE items SET price = 0");

    LoadReport report = load("run-2", terms);

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(ShopDatabase.rows(directory, "raw.items"))
        .hasSize(10)
        .allMatch(row -> "0.00".equals(row.getField("price").toString()));
  }

  @Test
  void keyFromAnotherColumnIsRefused() {
    load("run-1", CHANGES);

    LoadReport report =
        load("run-2", CHANGES + ", exclude: [ code ], columns: { code: { from: other } }");

    assertThat(report.exitCode()).as(report.toString()).isEqualTo(3);
    assertThat(report.failed().get(0).reason())
        .contains("was [code from code bpchar(5)] and is [code from other bpchar(5)]");
  }

  @Test
  void keyThatIsHashedByAnotherKeyIsRefused() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "k3y-of-before");
    String terms =
        CHANGES + ", columns: { code: { mask: hash, key: \"${file:%s}\" } }".formatted(secret);
    load("run-1", terms);
    LoadReport same = load("run-2", terms);
    Files.writeString(secret, "k3y-of-now");

    LoadReport report = load("run-3", terms);

    assertThat(same.exitCode()).as(same.toString()).isZero();
    assertThat(report.exitCode()).as(report.toString()).isEqualTo(3);
    assertThat(report.failed().get(0).reason()).contains("code from code bpchar(5), hash ");
  }

  @Test
  void cursorOfAnotherKindIsRefused() {
    String terms = "mode: append, cursor: { column: at, lag: 0s }, exclude: [ at ]";
    load("run-1", terms);
    shop.execute("ALTER TABLE items ALTER at TYPE timestamptz");

    LoadReport report = load("run-2", terms);

    assertThat(report.exitCode()).as(report.toString()).isEqualTo(3);
    assertThat(report.failed().get(0).reason())
        .contains("what it reads was [at as a time without a zone] and is [at as a time]");
  }

  @Test
  void endByTheClockIsAWholeSecond() {
    shop.execute("ALTER TABLE items ALTER at TYPE timestamptz(0)");

    load("run-1", "mode: append, cursor: { column: at, lag: 0s }");

    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      assertThat(
              open.catalog()
                  .loadTable(TableIdentifier.of("raw", "items"))
                  .properties()
                  .get("tidemark.load"))
          .containsPattern("\"ranges\":\\[\\[null,\"[-0-9T:]+Z\"]]");
    }
  }

  @Test
  void tableThatCannotTellItsHistoryTakesNoAppends() {
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      ((SupportsNamespaces) open.catalog()).createNamespace(Namespace.of("raw"));
      open.catalog()
          .createTable(
              TableIdentifier.of("raw", "items"),
              new Schema(Types.NestedField.optional(1, "name", Types.StringType.get())),
              PartitionSpec.unpartitioned(),
              Map.of("format-version", "1"));
    }

    LoadReport report = load("run-1", "mode: append, cursor: { column: at, lag: 0s }");

    assertThat(report.exitCode()).isEqualTo(2);
    assertThat(report.failed().get(0).reason())
        .isEqualTo(
            "Cannot append to raw.items: its format version is 1, in which no row can be deleted and no snapshot has a number. Set its property format-version to 2");
  }

  private LoadReport load(String runId, String terms) {
    String items =
        "raw.items: { load: { from: { source: shop, table: public.items }, %s } }".formatted(terms);
    return LoadRun.of(Manifest.load(shop.manifest(directory, 4, items))).runId(runId).run();
  }
}
