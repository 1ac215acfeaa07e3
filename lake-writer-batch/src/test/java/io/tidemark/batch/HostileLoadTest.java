package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry.Parity;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.ForkedJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and values of others pass unharmed or are refused; none is run, none leaves its place. */
class HostileLoadTest {

  private static ShopDatabase shop;

  @TempDir Path directory;

  private Canary canary;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shop = ShopDatabase.start(directory);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @BeforeEach
  void createCanary() {
    canary = Canary.in(shop, directory);
  }

  @AfterEach
  void nothingWasRun() {
    canary.assertUnharmed();
  }

  @Test
  void columnNamedAsTheElementsOfAnArrayIsRefusedUntilOneIsRenamed() {
    shop.execute(
        """
        CREATE TABLE tagged (id int, tags text[], "tags.element" text);
        INSERT INTO tagged VALUES (1, '{a}', 'b')
        """);
    String entry = "raw.tagged: { load: { from: { source: shop, table: public.tagged }%s } }";

    LoadReport report = load("run-1", entry.formatted(""));
    LoadReport renamed =
        load("run-2", entry.formatted(", columns: { element: { from: tags.element } }"));

    assertThat(report.exitCode()).isEqualTo(2);
    assertThat(report.failed().get(0).reason())
        .isEqualTo(
            "Cannot read column tags.element beside the array tags: Iceberg calls the array's elements so. Rename one of them, or exclude it");
    assertThat(renamed.exitCode()).isZero();
    shop.execute("DROP TABLE tagged");
  }

  @Test
  void namesThatWouldBeOneAreRefused() throws SQLException {
    shop.execute(
        """
        CREATE TABLE folded ("Id" int, id int);
        CREATE SCHEMA other; CREATE TABLE other.canary (id int)
        """);

    LoadReport report =
        load(
            "run-1",
            "raw.*: { load: { from: { source: shop, table: \"*.*\", except: \"* *.*\" } } }",
            "raw.folded: { load: { from: { source: shop, table: public.folded } } }");

    assertThat(report.failed())
        .extracting(LoadOutcome.Failed::reason)
        .anyMatch(reason -> reason.contains("column Id would be id too for engines that fold case"))
        .anyMatch(
            reason ->
                reason.contains(
                    "Cannot load raw.canary: other.canary and public.canary would both"));
    shop.execute("DROP SCHEMA other CASCADE");
  }

  @Test
  void valuesAreValues() throws SQLException {
    shop.execute("CREATE TABLE cells (id int, v text, b bytea, a text[])");
    fill(shop, "INSERT INTO cells VALUES (?, ?, ?, ARRAY[?])", HostileTexts.VALUES);

    LoadReport report = load("run-1", cells("public"));

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(Shop.rows(directory, "raw.cells"))
        .extracting(row -> String.valueOf(row.getField("v")))
        .containsExactlyInAnyOrderElementsOf(HostileTexts.VALUES);
    assertThat(Shop.rows(directory, "raw.cells"))
        .extracting(row -> String.valueOf(((List<?>) row.getField("a")).get(0)))
        .containsExactlyInAnyOrderElementsOf(HostileTexts.VALUES);
  }

  /** Texts of MariaDB may hold a character that those of PostgreSQL may not. */
  @Test
  void valuesOfMariaDbAreValues(@TempDir Path other) throws SQLException {
    List<String> values = new ArrayList<>(HostileTexts.VALUES);
    values.add("a\u0000b");
    MariaDbShop mariaDb = new MariaDbShop("hostile_values");
    Canary there = Canary.in(mariaDb, other);
    mariaDb.execute(
        "CREATE TABLE cells (id int, v text, b blob, k varchar(200), PRIMARY KEY (k, id))");
    fill(mariaDb, "INSERT INTO cells VALUES (?, ?, ?, ?)", values);

    LoadReport report =
        LoadRun.of(Manifest.load(mariaDb.manifest(other, 3, cells("hostile_values"))))
            .parity(Parity.CHECKSUMS)
            .run();

    assertThat(report.exitCode()).as(report.toString()).isZero();
    for (String column : List.of("v", "k")) {
      assertThat(Shop.rows(other, "raw.cells"))
          .extracting(row -> String.valueOf(row.getField(column)))
          .containsExactlyInAnyOrderElementsOf(values);
    }
    there.assertUnharmed();
  }

  private static String cells(String schema) {
    return "raw.cells: { load: { from: { source: shop, table: %s.cells }, partition: [ \"truncate(4, v)\" ] } }"
        .formatted(schema);
  }

  private static void fill(Shop shop, String sql, List<String> values) throws SQLException {
    try (Connection connection = shop.connect();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        insert.setInt(1, i);
        insert.setString(2, values.get(i));
        insert.setBytes(3, new byte[] {0, (byte) 0xff, (byte) 0xed, (byte) 0xa0, (byte) 0x80});
        insert.setString(4, values.get(i));
        insert.executeUpdate();
      }
    }
  }

  /** Such a database keeps bytes and does not ask what they mean. */
  @Test
  void bytesThatAreNoTextAreRefused() {
    shop.execute(
        "CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
    shop.execute(
        "ascii",
        """
        CREATE TABLE clean AS SELECT 'plain' AS v;
        CREATE TABLE dirty AS SELECT convert_from('\\xff41eda080'::bytea, 'SQL_ASCII') AS v
        """);

    LoadReport report =
        LoadRun.of(
                Manifest.load(
                    shop.manifest(
                        directory,
                        shop.url("ascii"),
                        3,
                        "raw.clean: { load: { from: { source: shop, table: public.clean } } }",
                        "raw.dirty: { load: { from: { source: shop, table: public.dirty } } }")))
            .run();

    assertThat(Shop.rows(directory, "raw.clean")).hasSize(1);
    assertThat(report.failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.exitCode()).isEqualTo(2);
              assertThat(failed.reason()).contains("invalid byte sequence for encoding");
            });
  }

  /** What texts come to is added up by their bytes. */
  @ParameterizedTest
  @CsvSource({"LATIN1,é", "EUC_JP,日本"})
  void textsOfAnyEncodingAreCompared(String encoding, String text) {
    String database = encoding.toLowerCase(Locale.ROOT);
    shop.execute(
        "CREATE DATABASE %s ENCODING '%s' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
            .formatted(database, encoding));
    shop.execute(
        database,
        "CREATE TABLE texts AS SELECT '%1$s' AS v, ARRAY['%1$s', NULL] AS list, 1.5 AS n UNION ALL SELECT 'plain', '{}', NULL"
            .formatted(text));

    LoadReport report =
        LoadRun.of(
                Manifest.load(
                    shop.manifest(
                        directory,
                        shop.url(database),
                        3,
                        "raw.texts: { load: { from: { source: shop, table: public.texts }, parity: checksums } }")))
            .run();

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(Shop.rows(directory, "raw.texts"))
        .extracting(row -> row.getField("v"))
        .containsExactlyInAnyOrder(text, "plain");
  }

  @Test
  void runIdsNameRunsAndNothingElse() {
    String entry = "raw.canary: { load: { from: { source: shop, table: public.canary } } }";

    for (String id : List.of("../../../escape/'; DROP TABLE canary; --\n", "🎉".repeat(500))) {
      assertThat(load(id, entry).exitCode()).as(id).isZero();
      assertThat(load(id, entry).toString()).contains("was loaded by this run before");
    }
    assertThatThrownBy(() -> load(" ", entry))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("the run id is blank");
  }

  /** In a process of its own, as one that is out of memory would take the tests with it. */
  @Test
  void valuesLargerThanTheHeapAllowsAreRefused() {
    shop.execute(
        """
        CREATE TABLE large AS SELECT i AS id, repeat('0123456789', 2500000) AS v FROM generate_series(1, 5) i;
        CREATE TABLE huge AS SELECT i AS id, repeat('x', CASE i WHEN 50 THEN 200000000 ELSE 1 END) AS v
        FROM generate_series(1, 100) i
        """);
    Path manifest =
        shop.manifest(
            directory,
            3,
            "raw.large: { load: { from: { source: shop, table: public.large }, parity: checksums } }",
            "raw.huge: { load: { from: { source: shop, table: public.huge } } }");

    try (ForkedJvm process =
        ForkedJvm.start(
            LoadProcess.class.getName(),
            Map.of(),
            directory.resolve("output"),
            List.of(manifest.toString(), "run-1"))) {
      assertThat(process.await(Duration.ofMinutes(2))).as(process::output).isEqualTo(1);
      assertThat(process.output())
          .contains("raw.large loaded: 5 rows")
          .contains("raw.huge not loaded: Cannot write a row of 190 MB: in the heap");
    }
  }

  private LoadReport load(String runId, String... entries) {
    return LoadRun.of(Manifest.load(shop.manifest(directory, 3, entries)))
        .runId(runId)
        .parity(Parity.CHECKSUMS)
        .run();
  }
}
