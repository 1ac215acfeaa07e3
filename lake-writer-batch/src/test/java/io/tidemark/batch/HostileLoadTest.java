package io.tidemark.batch;

import static io.tidemark.batch.HostileTexts.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry.Parity;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and values of others pass unharmed or are refused; none is run, none leaves its place. */
class HostileLoadTest {

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
  void createCanary() {
    shop.execute(
        "DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE canary AS SELECT 1 AS id");
  }

  @AfterEach
  void canaryStandsAndNothingLeftTheWarehouse() throws IOException {
    assertThat(shop.texts("SELECT id FROM canary")).containsExactly("1");
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile))
          .allMatch(
              file ->
                  file.startsWith(directory.resolve("warehouse"))
                      || List.of("catalog.db", "lake.yaml", "output")
                          .contains(directory.relativize(file).toString()));
    }
  }

  @Test
  void namesOfSchemasTablesAndColumnsAreNames() throws SQLException {
    // Given
    List<String> names =
        HostileTexts.NAMES.stream().filter(name -> !name.matches("(?s).*[.*].*")).toList();
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      create(names.get(i), names.get(i), names.get(i));
      entries.add(
          "raw.t%d: { load: { from: { source: shop, table: %s }, include: [ %s, v ], columns: { v: { mask: redact }, %s: { constant: %s, type: string } }%s } }"
              .formatted(
                  i,
                  yaml(names.get(i) + "." + names.get(i)),
                  yaml(names.get(i)),
                  yaml("as " + names.get(i)),
                  yaml(names.get(i)),
                  partition(names.get(i))));
    }

    // When
    LoadReport report = load("run-1", entries.toArray(String[]::new));

    // Then
    assertThat(report.exitCode()).as(report.toString()).isZero();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      assertThat(ShopDatabase.rows(directory, "raw.t" + i))
          .as(name)
          .extracting(row -> row.getField(name) + "|" + row.getField("as " + name))
          .containsExactlyInAnyOrder("1|" + name, "2|" + name);
    }
  }

  @Test
  void tablesThatAWildcardComesToAreNamedUnharmedOrRefused() throws SQLException {
    for (String name : HostileTexts.NAMES) {
      create("public", name, "id");
    }

    LoadReport report =
        load("run-1", "raw.*: { load: { from: { source: shop, table: public.* } } }");

    List<String> refused =
        List.of("\t", "two\nlines\r\n", "a.b", "..", "../../escape", "/etc/passwd");
    assertThat(report.failed())
        .allMatch(failed -> failed.exitCode() == 2)
        .allMatch(failed -> failed.toString().lines().count() == 1)
        .hasSize(
            (int)
                HostileTexts.NAMES.stream()
                    .filter(n -> refused.contains(n) || n.matches("(?s).*[/\\\\?#*].*"))
                    .count());
    assertThat(report.outcomes()).hasSize(HostileTexts.NAMES.size() + 1);
    for (LoadOutcome outcome : report.outcomes()) {
      if (outcome instanceof LoadOutcome.Loaded loaded && !loaded.table().equals("raw.canary")) {
        assertThat(ShopDatabase.rows(directory, loaded.table())).as(loaded.table()).hasSize(2);
      }
    }
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
    try (Connection connection = shop.connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO cells VALUES (?, ?, ?, ARRAY[?])")) {
      for (int i = 0; i < HostileTexts.VALUES.size(); i++) {
        insert.setInt(1, i);
        insert.setString(2, HostileTexts.VALUES.get(i));
        insert.setBytes(3, new byte[] {0, (byte) 0xff, (byte) 0xed, (byte) 0xa0, (byte) 0x80});
        insert.setString(4, HostileTexts.VALUES.get(i));
        insert.executeUpdate();
      }
    }

    LoadReport report =
        load(
            "run-1",
            "raw.cells: { load: { from: { source: shop, table: public.cells }, partition: [ \"truncate(4, v)\" ] } }");

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(ShopDatabase.rows(directory, "raw.cells"))
        .extracting(row -> String.valueOf(row.getField("v")))
        .containsExactlyInAnyOrderElementsOf(HostileTexts.VALUES);
    assertThat(ShopDatabase.rows(directory, "raw.cells"))
        .extracting(row -> String.valueOf(((List<?>) row.getField("a")).get(0)))
        .containsExactlyInAnyOrderElementsOf(HostileTexts.VALUES);
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

    assertThat(ShopDatabase.rows(directory, "raw.clean")).hasSize(1);
    assertThat(report.failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.exitCode()).isEqualTo(2);
              assertThat(failed.reason()).contains("invalid byte sequence for encoding");
            });
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

  /** A manifest cannot name a column with blanks around it there, or more than one line. */
  private static String partition(String name) {
    boolean nameable = name.equals(name.strip()) && !name.isEmpty() && !name.contains("\n");
    return nameable ? ", partition: [ " + yaml("bucket(4, " + name + ")") + " ]" : "";
  }

  private static void create(String schema, String table, String column) throws SQLException {
    try (Connection connection = shop.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(schema));
      statement.execute(
          "CREATE TABLE %s.%s AS SELECT i AS %s, 'v' || i AS v FROM generate_series(1, 2) i"
              .formatted(quoted(schema), quoted(table), quoted(column)));
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private LoadReport load(String runId, String... entries) {
    return LoadRun.of(Manifest.load(shop.manifest(directory, 3, entries)))
        .runId(runId)
        .parity(Parity.CHECKSUMS)
        .run();
  }
}
