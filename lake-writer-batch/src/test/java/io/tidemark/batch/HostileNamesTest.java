package io.tidemark.batch;

import static io.tidemark.batch.HostileTexts.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.manifest.LoadEntry.Parity;
import io.tidemark.catalog.manifest.Manifest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of others are names or are refused, wherever they stand; none is run. */
class HostileNamesTest {

  private static ShopDatabase postgres;
  private static MariaDbShop mariaDb;

  @TempDir Path directory;

  @BeforeAll
  static void start(@TempDir Path directory) {
    postgres = ShopDatabase.start(directory);
    mariaDb = new MariaDbShop("hostile");
  }

  @AfterAll
  static void stop() {
    names(mariaDb)
        .forEach(name -> mariaDb.execute("DROP SCHEMA IF EXISTS " + mariaDb.quoted(name)));
    postgres.close();
  }

  static Stream<Shop> shops() {
    return Stream.of(postgres, mariaDb);
  }

  /** MariaDB has no names with blanks behind them, or with characters beyond the basic plane. */
  private static List<String> names(Shop shop) {
    if (shop == postgres) {
      return HostileTexts.NAMES;
    }
    return Stream.concat(
            HostileTexts.NAMES.stream().filter(name -> !name.matches("(?s).*(\\s|\ud83c\udf89)")),
            Stream.of("n".repeat(63) + "`", "\\"))
        .toList();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("shops")
  void namesOfSchemasTablesAndColumnsAreNames(Shop shop) throws SQLException {
    // Given
    Canary canary = Canary.in(shop, directory);
    List<String> names =
        names(shop).stream().filter(name -> !name.matches("(?s).*[.*].*")).toList();
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      create(shop, names.get(i), names.get(i), names.get(i));
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
    LoadReport report = load(shop, "run-1", entries);

    // Then
    assertThat(report.exitCode()).as(report.toString()).isZero();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      assertThat(Shop.rows(directory, "raw.t" + i))
          .as(name)
          .extracting(row -> row.getField(name) + "|" + row.getField("as " + name))
          .containsExactlyInAnyOrder("1|" + name, "2|" + name);
    }
    canary.assertUnharmed();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("shops")
  void namesOfKeysCursorsAndMaskedColumnsAreNames(Shop shop) {
    // Given tables whose columns are two of a key, a cursor and two that are masked
    Canary canary = Canary.in(shop, directory);
    List<String> names = names(shop);
    List<List<String>> tables =
        IntStream.rangeClosed(0, names.size() / 5)
            .map(i -> Math.min(5 * i, names.size() - 5))
            .mapToObj(from -> names.subList(from, from + 5))
            .toList();
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      List<String> columns = tables.get(i);
      shop.execute(
          "CREATE TABLE h%d AS SELECT i AS %s, i AS %s, i AS %s, concat('v', i) AS %s, concat('w', i) AS %s FROM %s"
              .formatted(quoted(shop, i, columns)));
      entries.add(
          "raw.h%d: { load: { from: { source: shop, table: %s }, mode: upsert, key: [ %s, %s ], cursor: { column: %s, lag: 0 }, columns: { %s: { mask: truncate, keep: 1 }, %s: { mask: redact } } } }"
              .formatted(manifested(shop, i, columns)));
    }
    LoadReport first = load(shop, "run-1", entries);
    for (int i = 0; i < entries.size(); i++) {
      shop.execute("INSERT INTO h%d VALUES (9, 9, 9, 'v9', 'w9')".formatted(i));
    }

    // When
    LoadReport second = load(shop, "run-2", entries);

    // Then
    assertThat(first.exitCode()).as(first.toString()).isZero();
    assertThat(second.exitCode()).as(second.toString()).isZero();
    for (int i = 0; i < entries.size(); i++) {
      List<String> columns = tables.get(i);
      assertThat(Shop.rows(directory, "raw.h" + i))
          .as(columns.toString())
          .extracting(row -> columns.stream().map(row::getField).toList().toString())
          .containsExactlyInAnyOrder("[1, 1, 1, v, ***]", "[2, 2, 2, v, ***]", "[9, 9, 9, v, ***]");
    }
    canary.assertUnharmed();
  }

  private static Object[] quoted(Shop shop, int table, List<String> columns) {
    List<Object> parts = new ArrayList<>(List.of(table));
    columns.forEach(column -> parts.add(shop.quoted(column)));
    parts.add(shop.numbers(2));
    return parts.toArray();
  }

  private static Object[] manifested(Shop shop, int table, List<String> columns) {
    List<Object> parts = new ArrayList<>(List.of(table, shop.schema() + ".h" + table));
    columns.forEach(column -> parts.add(yaml(column)));
    return parts.toArray();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("shops")
  void tablesThatAWildcardComesToAreNamedUnharmedOrRefused(Shop shop) throws SQLException {
    // Given
    Canary canary = Canary.in(shop, directory);
    List<String> names = names(shop);
    for (String name : names) {
      create(shop, shop.schema(), name, "id");
    }

    // When
    LoadReport report =
        load(
            shop,
            "run-1",
            List.of(
                "raw.*: { load: { from: { source: shop, table: %s.* } } }"
                    .formatted(shop.schema())));

    // Then
    List<String> refused =
        List.of("\t", "two\nlines\r\n", "a.b", "..", "../../escape", "/etc/passwd");
    assertThat(report.failed())
        .allMatch(failed -> failed.exitCode() == 2)
        .allMatch(failed -> failed.toString().lines().count() == 1)
        .hasSize(
            (int)
                names.stream()
                    .filter(n -> refused.contains(n) || n.matches("(?s).*[/\\\\?#*].*"))
                    .count());
    assertThat(report.outcomes()).hasSize(names.size() + 1);
    for (LoadOutcome outcome : report.outcomes()) {
      if (outcome instanceof LoadOutcome.Loaded loaded && !loaded.table().equals("raw.canary")) {
        assertThat(Shop.rows(directory, loaded.table())).as(loaded.table()).hasSize(2);
      }
    }
    canary.assertUnharmed();
  }

  /** A manifest cannot name a column with blanks around it there, or more than one line. */
  private static String partition(String name) {
    boolean nameable = name.equals(name.strip()) && !name.isEmpty() && !name.contains("\n");
    return nameable ? ", partition: [ " + yaml("bucket(4, " + name + ")") + " ]" : "";
  }

  private static void create(Shop shop, String schema, String table, String column)
      throws SQLException {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + shop.quoted(schema));
      statement.execute(
          "CREATE TABLE %s.%s AS SELECT i AS %s, concat('v', i) AS v FROM %s"
              .formatted(
                  shop.quoted(schema), shop.quoted(table), shop.quoted(column), shop.numbers(2)));
    }
  }

  private LoadReport load(Shop shop, String runId, List<String> entries) {
    Path manifest = shop.manifest(directory, 3, entries.toArray(String[]::new));
    return LoadRun.of(Manifest.load(manifest)).runId(runId).parity(Parity.CHECKSUMS).run();
  }
}
