package io.tidemark.batch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.ShopDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code load} answers, in this process on an embedded Flink. */
class LoadCommandTest extends CommandTest {

  private static final String ORDERS =
      "raw.orders: { load: { from: { source: shop, table: public.orders } } }";
  private static final String GONE =
      "raw.gone: { load: { from: { source: shop, table: public.gone } } }";

  private static ShopDatabase shop;

  @TempDir Path directory;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shop = ShopDatabase.start(directory);
    shop.execute("CREATE TABLE orders (id int PRIMARY KEY); INSERT INTO orders VALUES (1), (2)");
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void someTablesLoadedAndOthersNotIsOne() {
    assertThat(load(shop.manifest(directory, 2, ORDERS, GONE), "--all")).isEqualTo(1);

    assertThat(out.toString())
        .contains("raw.orders loaded: 2 rows in 1 files, snapshot ")
        .contains("raw.gone not loaded: Cannot read \"public\".\"gone\": there is no such table");
  }

  @Test
  void tableThatIsNotThereIsTwo() {
    assertThat(load(shop.manifest(directory, 2, ORDERS, GONE), "raw.gone")).isEqualTo(2);
    assertThat(load(shop.manifest(directory, 2, ORDERS, GONE), "raw.other")).isEqualTo(2);
    assertThat(load(shop.manifest(directory, 2, ORDERS, GONE))).isEqualTo(2);

    assertThat(err.toString())
        .contains(
            "Cannot find a load of raw.other in the manifest: it comes to [raw.orders, raw.gone]")
        .contains("Cannot load: name the tables, or say --all");
  }

  @Test
  void tableOfAWildcardWhoseDatabaseIsDownIsOne() throws IOException {
    Path manifest =
        shop.manifest(directory, 2, "raw.*: { load: { from: { source: shop, table: public.* } } }");
    Files.writeString(
        manifest, Files.readString(manifest).replaceAll("localhost:\\d+", "localhost:1"));

    assertThat(load(manifest, "raw.orders")).isEqualTo(1);

    assertThat(out.toString())
        .contains("raw.orders not loaded: Cannot connect to postgresql source shop: it cannot be");
  }

  @Test
  void wildcardsThatAreNotAskedForAreNoMatterOfTheTablesThatAre() throws IOException {
    Path manifest =
        shop.manifest(
            directory,
            2,
            "raw.*: { load: { from: { source: shop, table: public.* } } }",
            "down.*: { load: { from: { source: down, table: public.* } } }");
    String text = Files.readString(manifest);
    String source = text.lines().filter(line -> line.startsWith("  shop:")).findFirst().get();
    String down = source.replace("shop:", "down:").replaceAll("localhost:\\d+", "localhost:1");
    Files.writeString(manifest, text.replace("tables:", down + "\ntables:"));

    assertThat(load(manifest, "raw.orders")).isZero();

    assertThat(out.toString().lines()).hasSize(1);
  }

  @Test
  void wildcardThatStandsForNoTableIsTwo() {
    Path manifest =
        shop.manifest(directory, 2, "raw.*: { load: { from: { source: shop, table: pubic.* } } }");

    assertThat(load(manifest, "--all")).isEqualTo(2);
    assertThat(load(manifest, "raw.orders")).isEqualTo(2);

    assertThat(out.toString())
        .contains("raw.* not loaded: Cannot load raw.*: postgresql source shop has no table")
        .contains("that pubic.* stands for");
  }

  @Test
  void unifiedTableIsNotOneThatAWildcardComesTo() {
    Path manifest =
        shop.manifest(
            directory,
            2,
            "raw.*: { load: { from: { source: shop, table: public.* } } }",
            "raw.orders: { period: { column: hour, grain: hour }, window: { unit: day, zone: UTC, origin: 2026-11-01 }, keys: { id: long }, measures: { clicks: { type: long, merge: sum } } }");

    assertThat(load(manifest, "--all")).isEqualTo(2);

    assertThat(out.toString())
        .contains("raw.orders not loaded: Cannot load raw.orders: ")
        .contains("unified table");
    assertThat(directory.resolve("warehouse/raw/orders")).doesNotExist();
  }

  @Test
  void closedRangesAreLoadedOnce() {
    Path manifest =
        shop.manifest(
            directory,
            2,
            "raw.orders: { load: { from: { source: shop, table: public.orders }, mode: append, cursor: { column: id, lag: 0 } } }");

    assertThat(load(manifest, "--all", "--from", "2")).isEqualTo(2);
    assertThat(load(manifest, "--all", "--from", "2", "--to", "3")).isZero();
    assertThat(load(manifest, "--all", "--from", "1", "--to", "3")).isEqualTo(3);

    assertThat(err.toString()).contains("say --full, or both --from and --to, or none");
    assertThat(out.toString())
        .contains("raw.orders loaded: 1 rows added in 1 files, snapshot ")
        .contains("raw.orders not loaded: Cannot load [1, 3) of raw.orders: [2, 3) is loaded.");
  }

  @Test
  void wrongPasswordIsTwoAndShowsNoSecret() throws IOException {
    Path manifest = shop.manifest(directory, 2, ORDERS);
    Path wrong = Files.writeString(directory.resolve("wrong"), "canary-4711");
    Files.writeString(
        manifest, Files.readString(manifest).replaceAll("file:[^}]*/password", "file:" + wrong));

    assertThat(load(manifest, "--all", "--verbose")).isEqualTo(2);

    assertThat(out + err.toString())
        .contains("raw.orders not loaded: Cannot connect to postgresql source shop: it refuses")
        .doesNotContain("canary");
  }

  private int load(Path manifest, String... arguments) {
    return run(new LoadCommand(), manifest, arguments);
  }
}
