package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.manifest.Source;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and wildcards stand for the tables that a run loads, each of them once. */
class LoadSelectionTest {

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
    shop.clear();
    shop.execute(
        """
        CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(10, 2));
        INSERT INTO orders SELECT i, i * 1.25 FROM generate_series(1, 100) i
        """);
  }

  @Test
  void namesThatStandForTwoThingsAreRefused() {
    Manifest manifest = Manifest.load(shop.manifest(directory, 4, ORDERS));
    LoadEntry orders = manifest.load("raw.orders");
    LoadEntry others = loadAs(orders.source().user());
    LoadEntry elsewhere = loadAs("somebody else");

    assertThatThrownBy(() -> LoadRun.into(manifest.catalog(), orders, others, others))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("Cannot load raw.others: two loads are called raw.others.");
    assertThatThrownBy(() -> LoadRun.into(manifest.catalog(), orders, elsewhere))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith(
            "Cannot load raw.others: two databases that differ are called shop");
  }

  private LoadEntry loadAs(String user) {
    Source.Database shop =
        new Source.Postgres(
            "shop",
            LoadSelectionTest.shop.url(),
            user,
            "${file:%s/password}".formatted(directory),
            4);
    return LoadEntry.of("raw.others", shop, new LoadEntry.Relation("public", "orders")).build();
  }

  @Test
  void wildcardStandsForTheTablesThereAreAndANameGoesBeforeIt() {
    shop.execute(
        """
        CREATE TABLE "Odd Name" (a int); CREATE TABLE scratch_1 (a int);
        CREATE TABLE parts (d date) PARTITION BY RANGE (d);
        CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        INSERT INTO parts VALUES ('2026-11-22')
        """);

    LoadReport report =
        load(
            "run-1",
            "raw.*: { load: { from: { source: shop, table: public.*, except: public.scratch_* } } }",
            "raw.some_orders: { load: { from: { source: shop, table: public.orders }, where: id <= 3 } }");

    assertThat(report.exitCode()).isZero();
    assertThat(report.outcomes())
        .extracting(LoadOutcome::table)
        .containsExactly("raw.some_orders", "raw.Odd Name", "raw.parts");
    assertThat(Shop.rows(directory, "raw.some_orders")).hasSize(3);
    assertThat(Shop.rows(directory, "raw.parts")).hasSize(1);
  }

  @Test
  void wildcardIsNamedAsTheManifestDoes() {
    shop.execute("CREATE SCHEMA eu; CREATE TABLE eu.items (a int); CREATE TABLE eu.other (a int)");
    String[] wildcards = {
      "raw.*: { load: { from: { source: shop, table: public.* } } }",
      "eu.*: { load: { from: { source: shop, table: eu.* } } }",
      "eu.other: { load: { from: { source: shop, table: public.orders } } }"
    };
    Manifest manifest = Manifest.load(shop.manifest(directory, 4, wildcards));

    LoadReport report = LoadRun.of(manifest).table("eu.*").run();

    shop.execute("DROP SCHEMA eu CASCADE");
    assertThat(report.outcomes()).extracting(LoadOutcome::table).containsExactly("eu.items");
    assertThat(report.exitCode()).isZero();
  }

  /** The one might leave out what the other does not. */
  @Test
  void wildcardsThatLoadOneTableDifferentlyAreRefused() {
    LoadReport report =
        load(
            "run-1",
            "\"{schema}.*\": { load: { from: { source: shop, table: \"*.*\" } } }",
            "public.*: { load: { from: { source: shop, table: public.* }, exclude: [ total ] } }");

    assertThat(report.failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.exitCode()).isEqualTo(2);
              assertThat(failed.reason())
                  .contains("two wildcards come to public.orders and load it differently");
            });
    assertThat(report.exitCode()).isEqualTo(2);
  }

  private LoadReport load(String runId, String... tables) {
    Path manifest = shop.manifest(directory, 4, tables);
    return LoadRun.of(Manifest.load(manifest)).runId(runId).run();
  }
}
