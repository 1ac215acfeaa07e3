package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.ledger.PastRun;
import io.tidemark.catalog.ledger.PastRun.Outcome;
import io.tidemark.catalog.ledger.RunHistory;
import io.tidemark.catalog.manifest.Manifest;
import java.nio.file.Path;
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

/** What loads leave in the history of runs. */
class LoadHistoryTest {

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
    shop.createTable("orders", 100, 1);
  }

  @Test
  void whatBecameOfEveryTableIsRecorded() {
    load("run-1", ORDERS, "raw.gone: { load: { from: { source: shop, table: public.gone } } }");

    LoadReport again = load("run-1", ORDERS);

    assertThat(again.exitCode()).isZero();
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      assertThat(RunHistory.of(open.catalog(), Namespace.of("raw")).runs())
          .extracting(
              PastRun::table, PastRun::runId, PastRun::outcome, PastRun::source, PastRun::rows)
          .containsExactlyInAnyOrder(
              tuple("raw.gone", "run-1", Outcome.FAILED, "shop public.gone", 0L),
              tuple("raw.orders", "run-1", Outcome.LOADED, "shop public.orders", 100L),
              tuple("raw.orders", "run-1", Outcome.UNCHANGED, "shop public.orders", 100L));
    }
  }

  @Test
  void tablesThatCannotBeNamedAreRecordedInTheNamespaceOfTheirWildcard() {
    shop.execute("CREATE TABLE \"a.b\" (id int); CREATE TABLE \"..\" (id int)");

    load("run-1", "raw.*: { load: { from: { source: shop, table: public.* } } }");

    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      assertThat(((SupportsNamespaces) open.catalog()).listNamespaces(Namespace.of("raw")))
          .isEmpty();
      assertThat(RunHistory.of(open.catalog(), Namespace.of("raw")).runs())
          .extracting(PastRun::table, PastRun::outcome)
          .containsExactlyInAnyOrder(
              tuple("raw.a.b", Outcome.FAILED),
              tuple("raw...", Outcome.FAILED),
              tuple("raw.orders", Outcome.LOADED));
    }
  }

  @Test
  void loadThatCannotBeRecordedIsDoneAllTheSame() {
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      TableIdentifier history = TableIdentifier.of("raw", RunHistory.NAME);
      ((SupportsNamespaces) open.catalog()).createNamespace(history.namespace());
      open.catalog()
          .createTable(
              history, new Schema(Types.NestedField.required(1, "x", Types.UUIDType.get())));
    }

    LoadReport report = load("run-1", ORDERS);

    assertThat(report.exitCode()).isZero();
    assertThat(Shop.rows(directory, "raw.orders")).hasSize(100);
  }

  private LoadReport load(String runId, String... tables) {
    Path manifest = shop.manifest(directory, 4, tables);
    return LoadRun.of(Manifest.load(manifest)).runId(runId).run();
  }
}
