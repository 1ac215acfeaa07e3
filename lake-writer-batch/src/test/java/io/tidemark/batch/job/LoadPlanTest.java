package io.tidemark.batch.job;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.LoadRun;
import io.tidemark.batch.MariaDbShop;
import io.tidemark.batch.ShopDatabase;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.EmbeddedMariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plan} says of loads. */
class LoadPlanTest extends CommandTest {

  private static ShopDatabase shop;

  @TempDir Path directory;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shop = ShopDatabase.start(directory);
    shop.execute(
        """
        CREATE TABLE orders (id int PRIMARY KEY, total numeric(9, 2), placed timestamptz);
        INSERT INTO orders SELECT i, i, now() FROM generate_series(1, 5000) i;
        ANALYZE orders;
        """);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void tableThatIsMissingWouldBeCreatedAndIsNot() {
    Path manifest =
        shop.manifest(directory, 4, entry("orders", ", partition: [ day(placed) ], where: id > 7"));

    assertThat(plan(manifest)).isZero();

    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "raw.orders   missing: would be created with 3 columns, partitioned by [day(placed)];"
                + " reads public.orders of shop: about 5,000 rows before the filter, 1 MB, whole by one connection");
    assertThat(directory.resolve("warehouse")).doesNotExist();
  }

  @Test
  void largeTableWouldBeReadInRanges() {
    shop.execute(
        """
        CREATE TABLE large AS SELECT i AS id, repeat('x', 1900) AS pad FROM generate_series(1, 40000) i;
        ALTER TABLE large ALTER pad SET STORAGE PLAIN; ANALYZE large;
        """);

    assertThat(plan(shop.manifest(directory, 3, entry("large", "")))).isZero();

    assertThat(out.toString())
        .contains("about 40,000 rows, ")
        .contains("in 2 ranges by 2 connections and one that holds their snapshot");
  }

  @Test
  void driftIsSpelledOutByWhatBecomesOfIt() throws IOException {
    // Given
    shop.execute("CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 2)");
    LoadRun.of(Manifest.load(shop.manifest(directory, 2, entry("t", "")))).run();
    assertThat(plan(shop.manifest(directory, 2, entry("t", "")))).isZero();
    shop.execute("ALTER TABLE t ALTER a TYPE bigint, DROP b, ADD c text");
    List<String> before = files();

    // When
    int fail = plan(shop.manifest(directory, 2, entry("t", "")));
    int ignore = plan(shop.manifest(directory, 2, entry("t", ", on-drift: ignore")));
    int nulls = plan(shop.manifest(directory, 2, entry("t", ", on-drift: \"null\"")));

    // Then
    assertThat(List.of(fail, ignore, nulls)).containsExactly(2, 0, 0);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            matching ->
                assertThat(matching).startsWith("raw.t   matches; reads public.t of shop: "),
            refused ->
                assertThat(refused)
                    .startsWith("raw.t   Cannot load raw.t: the source lacks column b."),
            ignored ->
                assertThat(ignored)
                    .startsWith(
                        "raw.t   matches but for columns that would not be loaded: c string; columns that would be null: b;"
                            + " columns whose values would be cast or null: a long, in the table int; reads"),
            evolved ->
                assertThat(evolved)
                    .startsWith(
                        "raw.t   matches but for columns that would be added: c string; wider types: a long; columns that would be null: b; reads"));
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void whatIsInTheWayOfOneTableIsToldBesideTheOthers() throws IOException {
    shop.execute(
        """
        CREATE ROLE clerk LOGIN PASSWORD 'clerk';
        CREATE TABLE people (id int, mail text, phone text); GRANT SELECT (id) ON people TO clerk;
        CREATE SCHEMA hidden; CREATE TABLE hidden.t (id int); GRANT SELECT ON hidden.t TO clerk;
        GRANT SELECT ON orders TO clerk;
        """);
    Path manifest =
        shop.manifest(
            directory,
            2,
            entry("people", ""),
            "raw.hidden: { load: { from: { source: shop, table: hidden.t } } }",
            entry("gone", ""),
            "raw.typo: { load: { from: { source: shop, table: public.orders }, where: \"totl > 0\" } }",
            "raw.column: { load: { from: { source: shop, table: public.orders }, exclude: [ notes ] } }",
            entry("orders", ""));
    as("clerk", manifest);

    assertThat(plan(manifest)).isEqualTo(2);

    assertThat(out.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("raw.people")
                    .contains("may not read column mail, phone of"),
            line ->
                assertThat(line)
                    .contains("raw.hidden")
                    .contains("permission denied for schema hidden"),
            line -> assertThat(line).contains("raw.gone").contains("there is no such table"),
            line ->
                assertThat(line).contains("raw.typo").contains("column \"totl\" does not exist"),
            line -> assertThat(line).contains("raw.column").contains("has no column notes"),
            line -> assertThat(line).contains("raw.orders   missing: would be created"));
    assertThat(err.toString())
        .contains(
            "Cannot carry out the manifest for raw.people, raw.hidden, raw.gone, raw.typo, raw.column:");
  }

  @Test
  void sourceThatCannotBeReachedIsTold() throws IOException {
    Path manifest = shop.manifest(directory, 2, entry("orders", ""));
    Files.writeString(
        manifest, Files.readString(manifest).replaceAll("localhost:\\d+", "localhost:1"));

    assertThat(plan(manifest, "raw.orders")).isEqualTo(2);

    assertThat(out.toString())
        .contains("raw.orders   Cannot connect to postgresql source shop: it cannot be reached");
  }

  @Test
  void rangesOfMariaDbAreReadByOneConnectionUnlessAskedForOtherwise() {
    // Given
    MariaDbShop maria = new MariaDbShop("plan");
    maria.execute(
        """
        CREATE TABLE large (id int PRIMARY KEY, pad text);
        INSERT INTO large SELECT seq, repeat('x', 8000) FROM seq_1_to_10000; ANALYZE TABLE large;
        CREATE TABLE people (id int PRIMARY KEY, mail text);
        """);
    maria.server().createUser("clerk", EmbeddedMariaDbServer.PASSWORD);
    maria.execute("GRANT SELECT ON plan.large TO clerk; GRANT SELECT (id) ON plan.people TO clerk");
    String from = "load: { from: { source: shop, table: plan.%s }";

    // When
    int exitCode =
        plan(
            maria.manifest(
                directory,
                "mysql",
                "clerk",
                3,
                "raw.one: { %s } }".formatted(from.formatted("large")),
                "raw.apart: { %s, consistency: ranges } }".formatted(from.formatted("large")),
                "raw.people: { %s } }".formatted(from.formatted("people")),
                "raw.ids: { %s, include: [ id ] } }".formatted(from.formatted("people")),
                "raw.typo: { %s, where: no = 1 } }".formatted(from.formatted("large"))));

    // Then
    assertThat(exitCode).isEqualTo(2);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("about ").endsWith("in 2 ranges by one connection"),
            line -> assertThat(line).contains("connections, each in a snapshot of its own"),
            line -> assertThat(line).contains("raw.people").contains("may not read column * of"),
            line -> assertThat(line).contains("raw.ids   missing: would be created with 1 column"),
            line -> assertThat(line).contains("raw.typo").contains("Unknown column 'no'"));
  }

  @Test
  void rangesOfOtherDatabasesAreAskedForAndByNumbers() throws IOException {
    // Given
    String texts =
        IntStream.range(0, 40).mapToObj(i -> ", t%d text".formatted(i)).collect(joining());
    shop.execute(
        """
        CREATE TABLE wide (id bigint PRIMARY KEY%1$s); INSERT INTO wide SELECT i FROM generate_series(1, 60000) i;
        CREATE TABLE named (id text PRIMARY KEY%1$s); INSERT INTO named SELECT i FROM generate_series(1, 60000) i;
        ANALYZE wide, named
        """
            .formatted(texts));
    String apart = ", consistency: ranges";
    Path manifest =
        shop.manifest(
            directory,
            2,
            entry("wide", ""),
            entry("wide", apart).replace("raw.wide", "raw.apart"),
            entry("named", apart),
            entry("orders", apart));
    Files.writeString(manifest, Files.readString(manifest).replace(": postgresql", ": jdbc"));

    // When
    assertThat(plan(manifest)).isZero();

    // Then
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("about 60,000 rows, 78 MB, whole by one connection"),
            line ->
                assertThat(line)
                    .endsWith("in 2 ranges by 2 connections, each in a snapshot of its own"),
            line -> assertThat(line).endsWith("whole by one connection"),
            line -> assertThat(line).endsWith("about 5,000 rows, 1 MB, whole by one connection"));
  }

  private static String entry(String table, String options) {
    return "raw.%1$s: { load: { from: { source: shop, table: public.%1$s }%2$s } }"
        .formatted(table, options);
  }

  private static void as(String role, Path manifest) throws IOException {
    Path password = Files.writeString(manifest.resolveSibling(role), role);
    String yaml =
        Files.readString(manifest)
            .replaceAll("user: \"[^\"]*\"", "user: " + role)
            .replaceAll("file:[^}]*/password", "file:" + password);
    Files.writeString(manifest, yaml);
  }

  private int plan(Path manifest, String... tables) {
    return run(new PlanCommand(), manifest, tables);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("warehouse"))) {
      return files.map(Path::toString).sorted().toList();
    }
  }
}
