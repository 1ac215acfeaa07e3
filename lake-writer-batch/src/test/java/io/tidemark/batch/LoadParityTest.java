package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.manifest.LoadEntry.Parity;
import io.tidemark.catalog.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a load compares before it commits. A query that says something else each time stands for
 * whatever may go wrong between the database and the files.
 */
class LoadParityTest {

  private static ShopDatabase shop;

  @TempDir Path directory;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shop = ShopDatabase.start(directory);
    shop.execute(MixedTable.CREATE);
    shop.execute(
        "CREATE TABLE orders AS SELECT i AS id, 'c' || i % 7 AS customer FROM generate_series(1, 100) i");
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void columnsOfAllTypesComeToTheSameSums() {
    long columns =
        shop.texts(
                "SELECT attname FROM pg_attribute WHERE attrelid = 'mixed'::regclass AND attnum > 0")
            .size();

    LoadReport report = load(Parity.CHECKSUMS, "mixed", "");

    assertThat(report.toString()).endsWith("parity: %d columns".formatted(columns));
    assertThat(ShopDatabase.rows(directory, "raw.mixed")).hasSize(3_050);
  }

  @Test
  void rangesOfALargeTableAreComparedOneByOne() {
    shop.execute(
        """
        CREATE TABLE large (id int PRIMARY KEY, pad text);
        ALTER TABLE large ALTER pad SET STORAGE PLAIN;
        INSERT INTO large SELECT i, repeat('x', 1900) || i FROM generate_series(1, 40000) i
        """);

    LoadReport report = load(Parity.CHECKSUMS, "large", "");

    assertThat(report.toString())
        .contains("raw.large loaded: 40,000 rows in 2 files")
        .endsWith("parity: 2 columns");
  }

  @Test
  void valuesThatDifferFailTheTableAndLeaveNothing() throws IOException {
    String column = ", columns: { chance: { expression: \"random()\", type: double } }";

    LoadReport report = load(Parity.CHECKSUMS, "orders", column);

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.failed().get(0).reason())
        .contains(
            "Cannot load raw.orders: its files differ from shop public.orders in column chance (100 values, sum ")
        .contains(" against 100 values, sum ")
        .contains("Nothing was committed.")
        .doesNotContain("column id");
    assertThat(ShopDatabase.rows(directory, "raw.orders")).isEmpty();
    assertThat(dataFiles()).isZero();
  }

  @Test
  void rowsThatDifferFailTheTableAndLeaveNothing() throws IOException {
    LoadReport report =
        load(Parity.CHECKSUMS, "orders", ", where: \"current_query() LIKE 'COPY%'\"");

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.failed().get(0).reason())
        .contains("its files differ from shop public.orders in 100 rows against 0 in the database");
    assertThat(dataFiles()).isZero();
  }

  @Test
  void maskedColumnsAndThoseWithNullsInPlaceOfValuesAreCounted() {
    shop.execute(
        """
        CREATE TABLE odd (id int, mail text, phone text, seen date, days date[]);
        INSERT INTO odd VALUES (1, 'a', 'b', 'infinity', '{infinity, 2026-11-22, NULL}'), (2, NULL, 'c', NULL, NULL),
          (3, 'x', NULL, '2026-11-22', '{}')
        """);

    LoadReport report =
        load(
            Parity.CHECKSUMS,
            "odd",
            ", on-unmappable: \"null\", columns: { mail: { mask: redact }, phone: { mask: \"null\" } }");

    assertThat(report.toString())
        .contains(
            "parity: 2 columns, days, mail, seen only counted, 2 values without a place null");
  }

  @Test
  void arraysOfSeveralDimensionsThatBecameNullAreCountedOnce() {
    shop.execute(
        "CREATE TABLE grids (id int, grid int[]); INSERT INTO grids VALUES (1, '{{1,2},{3,NULL}}'), (2, '{4}'), (3, '{}')");

    LoadReport report = load(Parity.CHECKSUMS, "grids", ", on-unmappable: \"null\"");

    assertThat(report.toString())
        .contains("parity: 1 columns, grid only counted, 1 values without a place null");
  }

  @Test
  void operatorsWithAQuestionMarkAndCommentsAreTheDatabases() {
    shop.execute(
        "CREATE TABLE docs (doc jsonb); INSERT INTO docs VALUES ('{\"a\": 1, \"b\": 2}'), ('{\"b\": 2}'), ('{\"a\": 3}')");

    LoadReport report =
        load(
            Parity.CHECKSUMS,
            "docs",
            ", where: \"doc ? 'a' -- has one\", columns: { both: { expression: \"doc ?& '{a,b}' -- has both\", type: boolean } }");

    assertThat(report.toString()).endsWith("parity: 2 columns");
    assertThat(ShopDatabase.rows(directory, "raw.docs"))
        .extracting(row -> row.getField("both"))
        .containsExactlyInAnyOrder(true, false);
  }

  private LoadReport load(Parity parity, String table, String options) {
    Path manifest =
        shop.manifest(
            directory,
            3,
            "raw.%1$s: { load: { from: { source: shop, table: public.%1$s }%2$s } }"
                .formatted(table, options));
    LoadRun run = LoadRun.of(Manifest.load(manifest));
    return (parity == null ? run : run.parity(parity)).run();
  }

  /** Counts the files of loaded tables; what their runs did is written down beside them. */
  private long dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("warehouse"))) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".parquet") && !file.contains("tidemark_runs"))
          .count();
    }
  }
}
