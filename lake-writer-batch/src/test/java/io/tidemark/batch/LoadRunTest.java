package io.tidemark.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.manifest.ColumnRule;
import io.tidemark.catalog.manifest.Cursor;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.LoadMode;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.manifest.Mask;
import io.tidemark.catalog.manifest.Source;
import io.tidemark.fixtures.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole tables of PostgreSQL, loaded by an embedded Flink into plain tables. */
class LoadRunTest {

  private static final String ORDERS =
      "raw.orders: { load: { from: { source: shop, table: public.orders } } }";

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
  void createOrders() {
    shop.execute(
        """
        DROP SCHEMA public CASCADE; CREATE SCHEMA public;
        CREATE TABLE orders (id bigint PRIMARY KEY, customer text, total numeric(10, 2),
          created_at timestamptz);
        INSERT INTO orders SELECT i, 'customer ' || i % 7, i * 1.25,
          timestamptz '2026-11-01 00:00Z' + i * interval '1 hour' FROM generate_series(1, 100) i
        """);
  }

  @Test
  void tableIsCreatedAndReplacedByWhatTheSourceHasNow() {
    load("run-1", ORDERS);
    shop.execute("DELETE FROM orders WHERE id > 60; UPDATE orders SET customer = NULL");

    LoadReport report = load("run-2", ORDERS);

    assertThat(report.exitCode()).isZero();
    List<Record> rows = Shop.rows(directory, "raw.orders");
    assertThat(rows).hasSize(60).allMatch(row -> row.getField("customer") == null);
    assertThat(rows)
        .extracting(row -> row.getField("total"))
        .contains(new BigDecimal("1.25"), new BigDecimal("75.00"));
  }

  @Test
  void aProgramLoadsWithoutAManifest() {
    // Given
    Manifest manifest = Manifest.load(shop.manifest(directory, 4, ORDERS));
    Source.Database source = (Source.Database) manifest.sources().get("shop");
    LoadEntry orders =
        LoadEntry.of("raw.orders", source, new LoadEntry.Relation("public", "orders"))
            .partition("day(created_at)")
            .where("id <= 40")
            .exclude(List.of("total"))
            .column(
                new ColumnRule(
                    "customer", new ColumnRule.Origin.Column("customer"), null, new Mask.Redact()))
            .mode(new LoadMode.Append(new Cursor.Column("id", new Cursor.Lag.Number(0))))
            .build();

    // When
    LoadReport report = LoadRun.into(manifest.catalog(), orders).run();

    // Then
    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(Shop.rows(directory, "raw.orders"))
        .hasSize(40)
        .allMatch(row -> row.getField("customer").equals("***"))
        .allMatch(row -> row.struct().field("total") == null);
  }

  @Test
  void interruptedClientCancelsItsJob() throws InterruptedException {
    shop.execute("CREATE VIEW slow AS SELECT 1 AS id, pg_sleep(90)::text AS v");
    Manifest manifest =
        Manifest.load(
            shop.manifest(
                directory,
                2,
                "raw.slow: { load: { from: { source: shop, table: public.slow } } }"));
    AtomicReference<LoadReport> report = new AtomicReference<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread client =
        new Thread(
            () -> {
              report.set(LoadRun.of(manifest).run());
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    client.setDaemon(true);
    client.start();
    awaitSleepers(1);

    // When
    client.interrupt();
    Await.until("the end of the client", () -> !client.isAlive());

    // Then
    awaitSleepers(0);
    assertThat(report.get().exitCode()).isEqualTo(1);
    assertThat(interrupted).isTrue();
  }

  private static void awaitSleepers(int sessions) throws InterruptedException {
    String sql =
        "SELECT count(*)::text FROM pg_stat_activity WHERE application_name = 'tidemark load' AND wait_event = 'PgSleep'";
    Await.until(
        sessions + " sessions asleep",
        () -> shop.texts(sql).equals(List.of(String.valueOf(sessions))));
  }

  @Test
  void sameRunAgainLoadsNothing() {
    load("run-1", ORDERS);
    shop.execute("DELETE FROM orders");

    LoadReport report = load("run-1", ORDERS);

    assertThat(report.outcomes())
        .singleElement()
        .hasToString("raw.orders was loaded by this run before: 100 rows, snapshot " + snapshot());
    assertThat(Shop.rows(directory, "raw.orders")).hasSize(100);
  }

  @Test
  void oneBrokenTableDoesNotHoldUpTheOthers() {
    shop.execute("CREATE TABLE odd (d date); INSERT INTO odd VALUES ('infinity')");

    LoadReport report =
        load(
            "run-1",
            "raw.gone: { load: { from: { source: shop, table: public.gone } } }",
            ORDERS,
            "raw.odd: { load: { from: { source: shop, table: public.odd } } }");

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.outcomes())
        .extracting(LoadOutcome::table)
        .containsExactly("raw.gone", "raw.orders", "raw.odd");
    assertThat(report.failed())
        .extracting(LoadOutcome.Failed::table, LoadOutcome.Failed::exitCode)
        .containsExactly(tuple("raw.gone", 2), tuple("raw.odd", 2));
    assertThat(report.failed().get(0).reason()).contains("\"public\".\"gone\"");
    assertThat(report.failed().get(1).reason()).contains("column d").contains("infinity");
    assertThat(Shop.rows(directory, "raw.orders")).hasSize(100);
    assertThat(dataFiles("odd")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", partition: [ day(d), \"bucket(2, d)\" ], parity: checksums"})
  void valuesWithoutAPlaceBecomeNullWhereAskedFor(String options) {
    shop.execute("CREATE TABLE odd (d date); INSERT INTO odd VALUES ('infinity'), ('2026-11-22')");

    LoadReport report =
        load(
            "run-1",
            "raw.odd: { load: { from: { source: shop, table: public.odd }, on-unmappable: \"null\"%s } }"
                .formatted(options));

    assertThat(report.outcomes().get(0).toString()).endsWith("1 values without a place null");
    assertThat(Shop.rows(directory, "raw.odd"))
        .extracting(row -> String.valueOf(row.getField("d")))
        .containsExactlyInAnyOrder("null", "2026-11-22");
  }

  @Test
  void tableWhoseConditionIsWrongDoesNotEndTheSessionOfOthers() {
    shop.execute(
        "CREATE TABLE a (id bigint, at timestamp); INSERT INTO a VALUES (1, now()); CREATE TABLE b (id bigint PRIMARY KEY); INSERT INTO b VALUES (1)");
    String a =
        "raw.a: { load: { from: { source: shop, table: public.a }, mode: append, cursor: { column: at, lag: 1m }, where: nosuch = 1 } }";
    String b = "raw.b: { load: { from: { source: shop, table: public.b } } }";

    LoadReport report = load("run-1", a, b);

    assertThat(report.failed())
        .singleElement()
        .satisfies(failed -> assertThat(failed.table()).isEqualTo("raw.a"));
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(Shop.rows(directory, "raw.b")).hasSize(1);
  }

  @Test
  void whatTheDatabaseRefusesLeavesNoTableBehind() {
    LoadReport report = load("run-1", ORDERS.replace("} } }", "}, where: totl > 1 } }"));

    assertThat(report.exitCode()).isEqualTo(2);
    assertThat(report.toString())
        .contains(
            "Cannot read \"public\".\"orders\" of postgresql source shop: column \"totl\" does not exist");
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      assertThat(open.catalog().tableExists(TableIdentifier.of("raw", "orders"))).isFalse();
    }
  }

  @Test
  void columnIsLoadedUnderAllItsNames() {
    shop.execute("CREATE TABLE mails (mail text PRIMARY KEY); INSERT INTO mails VALUES ('abcdef')");
    String entry =
        "raw.mails: { load: { from: { source: shop, table: public.mails }, columns: { first: { from: mail, mask: truncate, keep: 3 }, none: { from: mail, mask: redact } }%s } }";

    load("run-1", entry.formatted(""));
    LoadReport leftOut = load("run-2", entry.formatted(", exclude: [ mail ]"));

    assertThat(Shop.rows(directory, "raw.mails"))
        .extracting(row -> row.getField("first"), row -> row.getField("none"))
        .containsExactly(tuple("abc", "***"));
    assertThat(leftOut.exitCode()).isEqualTo(2);
    assertThat(leftOut.failed().get(0).reason()).contains("left out by include or exclude");
  }

  @Test
  void partitionsColumnsTypesAndRowsAreChosen() {
    load(
        "run-1",
        """
        raw.orders:
            load:
              from: { source: shop, table: public.orders }
              partition: [ day(created_at), "bucket(4, id)" ]
              where: id <= 50
              exclude: [ customer ]
              columns: { total: { type: "decimal(20,4)" } }
        """);

    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      Table table = Shop.table(open, directory, "raw.orders");
      assertThat(table.schema().toString())
          .contains("total: optional decimal(20, 4)")
          .contains("id: required long")
          .doesNotContain("customer");
      assertThat(table.spec().fields()).hasSize(2);
    }
    assertThat(Shop.rows(directory, "raw.orders")).hasSize(50);
  }

  @Test
  void columnsAreRenamedComputedAndMasked() throws IOException {
    Path key = Files.writeString(directory.resolve("key"), "canary-4711");
    shop.execute(
        """
        CREATE TABLE people (id int PRIMARY KEY, e_mail text, post_code text, phone bigint, born date, doc jsonb);
        INSERT INTO people VALUES (1, 'a@b.c', '04-123', 821012345678, '1970-01-01', '{"x": 1}'),
          (2, NULL, '서울시 중구', NULL, NULL, NULL)
        """);

    load(
        "run-1",
        """
        raw.people:
            load:
              from: { source: shop, table: public.people }
              columns:
                user_id: { from: id }
                mail: { from: e_mail, mask: hash, key: "${file:%s}" }
                post_code: { mask: truncate, keep: 2 }
                phone: { mask: redact }
                born: { mask: "null" }
                doc: { mask: truncate, keep: 4 }
                twice: { expression: "id * 2", type: long }
                shop: { constant: "k'r", type: string }
        """
            .formatted(key));

    assertThat(Shop.rows(directory, "raw.people"))
        .extracting(Record::toString)
        .containsExactlyInAnyOrder(
            "Record(1, %s, 04, ***, null, {\"x\", 2, k'r)".formatted(hmac("canary-4711", "a@b.c")),
            "Record(2, null, 서울, null, null, null, 4, k'r)");
    assertThat(masked("821012345678", "04-123", "a@b.c", "canary-4711")).isEmpty();
  }

  @Test
  void emptyTableEmptiesTheTable() {
    load("run-1", ORDERS);
    shop.execute("TRUNCATE orders");

    LoadReport report = load("run-2", ORDERS);

    assertThat(report.exitCode()).isZero();
    assertThat(Shop.rows(directory, "raw.orders")).isEmpty();
  }

  private LoadReport load(String runId, String... tables) {
    Path manifest = shop.manifest(directory, 4, tables);
    return LoadRun.of(Manifest.load(manifest)).runId(runId).run();
  }

  private static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the texts that are in any file of the warehouse, statistics and metadata included. */
  private List<String> masked(String... texts) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory.resolve("warehouse"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, ISO_8859_1);
        Stream.of(texts).filter(content::contains).forEach(found::add);
      }
    }
    return found;
  }

  private long snapshot() {
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      return Shop.table(open, directory, "raw.orders").currentSnapshot().snapshotId();
    }
  }

  private List<Path> dataFiles(String table) {
    try (Stream<Path> files = Files.walk(directory.resolve("warehouse"))) {
      return files
          .filter(file -> file.toString().contains("/" + table + "/"))
          .filter(file -> file.toString().endsWith(".parquet"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
