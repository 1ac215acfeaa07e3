package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.ledger.PastRun;
import io.tidemark.catalog.ledger.PastRun.Outcome;
import io.tidemark.catalog.ledger.RunHistory;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyPostgresProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
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
  void tablesThatLandedBeforeTheJobFailedAreToldAndRecordedSo() {
    shop.execute("CREATE TABLE late AS SELECT 1 AS id");
    CompletableFuture<JobClient> job = new CompletableFuture<>();

    LoadReport report =
        loadWhile(
            () -> {
              awaitRows("raw.orders");
              job.join().cancel().join();
            },
            job,
            ORDERS,
            "raw.late: { load: { from: { source: shop, table: public.late } } }");

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.outcomes().get(0).toString())
        .startsWith("raw.orders loaded: 100 rows in 1 files, snapshot ")
        .endsWith(", before the job failed");
    assertThat(report.failed()).extracting(LoadOutcome::table).containsExactly("raw.late");
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      assertThat(RunHistory.of(open.catalog(), Namespace.of("raw")).runs())
          .extracting(PastRun::table, PastRun::outcome, PastRun::rows, PastRun::files)
          .containsExactlyInAnyOrder(
              tuple("raw.orders", Outcome.LOADED, 100L, 1),
              tuple("raw.late", Outcome.FAILED, 0L, 0));
    }
  }

  /** Loads, one table after the other, and acts before the table late is read. */
  private LoadReport loadWhile(Runnable act, CompletableFuture<JobClient> job, String... tables) {
    try (FlakyPostgresProxy proxy = shop.startProxy()) {
      proxy.fail(Fault.none().runBefore(act), statement -> shop.reads(statement, "late"));
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
      environment.registerJobListener(
          new JobListener() {
            @Override
            public void onJobSubmitted(@Nullable JobClient client, @Nullable Throwable e) {
              job.complete(client);
            }

            @Override
            public void onJobExecuted(@Nullable JobExecutionResult result, @Nullable Throwable e) {}
          });
      Path manifest = shop.manifest(directory, shop.url(proxy), 4, tables);
      return LoadRun.of(Manifest.load(manifest)).runId("run-1").run(environment);
    }
  }

  private void awaitRows(String table) {
    while (Shop.rows(directory, table).isEmpty()) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
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
