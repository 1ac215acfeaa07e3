package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyPostgresProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upsert whose process is killed around its commit; the catalog is behind a proxy that knows.
 */
class UpsertKillTest {

  private static final String CATALOG = "lake";
  private static final String RUN = "nightly/2026-11-22";

  private static ShopDatabase shop;

  @TempDir Path directory;

  private FlakyPostgresProxy proxy;
  private Path manifest;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shop = ShopDatabase.start(directory);
    shop.execute("CREATE DATABASE " + CATALOG);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  /** Of the first day little stays, which is written anew; the second one gets deletes. */
  @BeforeEach
  void createOrders() {
    shop.clear();
    shop.execute(CATALOG, "DROP TABLE IF EXISTS iceberg_tables, iceberg_namespace_properties");
    shop.execute(
        """
        CREATE TABLE orders (id int PRIMARY KEY, total int, day date, updated_at timestamptz);
        INSERT INTO orders SELECT i, i, date '2026-11-01' + i / 501, now() - interval '1 day'
          FROM generate_series(1, 1000) i
        """);
  }

  @Test
  void killedBeforeItsCommitItIsDoneAnew() {
    try (FlakyPostgresProxy started = FlakyPostgresProxy.start(shop.port())) {
      // Given an upsert that has written all its files
      behindProxy(started);
      LoadProcess.load(manifest, "before");
      change();
      Set<String> committed = committed();
      kill(death -> Fault.dropRequest().runBefore(death));
      assertThat(files().there())
          .filteredOn(file -> !committed.contains(file))
          .anyMatch(file -> file.contains("deletes"))
          .anyMatch(file -> file.contains("rows"));
      assertThat(committed()).isEqualTo(committed);
      shop.execute("UPDATE orders SET total = 7, updated_at = now() WHERE id = 1000");

      // When
      LoadReport report = LoadProcess.load(manifest, RUN);

      // Then
      assertThat(report.outcomes().get(0).toString())
          .startsWith("raw.orders loaded: 512 rows (502 replaced, 10 new) in ");
      isWhatTheSourceIs();
    }
  }

  @Test
  void killedBehindItsCommitItIsDone() {
    try (FlakyPostgresProxy started = FlakyPostgresProxy.start(shop.port())) {
      // Given
      behindProxy(started);
      LoadProcess.load(manifest, "before");
      change();
      kill(death -> Fault.none().runAfter(death));
      assertThat(files().journal("")).isNotEmpty();

      // When
      LoadReport report = LoadProcess.load(manifest, RUN);

      // Then
      assertThat(report.outcomes().get(0).toString())
          .startsWith("raw.orders was loaded by this run before: 511 rows");
      isWhatTheSourceIs();
    }
  }

  /** The commit would go on from a load that was rolled back behind its plan. */
  @Test
  void commitThatIsGivenUpIsSweptUpBehindByTheRunThatLands() {
    try (FlakyPostgresProxy started = FlakyPostgresProxy.start(shop.port())) {
      // Given
      behindProxy(started);
      LoadProcess.load(manifest, "before");
      LoadProcess.load(manifest, "behind that");
      change();
      proxy.fail(Fault.none().runBefore(this::rollBack), UpsertKillTest::isCommit);
      LoadReport refused = LoadProcess.load(manifest, RUN);
      assertThat(refused.failed().get(0).reason()).contains("history was rewritten");

      // When
      LoadReport report = LoadRun.of(Manifest.load(manifest)).runId(RUN).full().run();

      // Then
      assertThat(report.exitCode()).as(report.toString()).isZero();
      isWhatTheSourceIs();
    }
  }

  /** {@code -Dlake.kill.rounds=20} strikes so often, {@code -Dlake.kill.seed=7} elsewhere. */
  @Test
  @EnabledIfSystemProperty(named = "lake.kill.rounds", matches = "\\d+")
  void upsertsThatAreKilledAnywhereComeToWhatTheSourceIs() {
    long seed = Long.getLong("lake.kill.seed", 20261122);
    Random random = new Random(seed);
    int run = 1;
    try (FlakyPostgresProxy started = FlakyPostgresProxy.start(shop.port())) {
      // Given loads that are killed at some statement of the catalog, or a moment behind it
      behindProxy(started);
      LoadKiller killer = new LoadKiller(proxy, manifest, directory);
      LoadProcess.load(manifest, "before");
      for (int round = 0; round < Integer.getInteger("lake.kill.rounds"); round++) {
        shop.execute(
            "UPDATE orders SET total = total + 1, updated_at = now() WHERE id %% 7 < %d OR id < %d"
                .formatted(random.nextInt(4), random.nextInt(500)));
        int nth = 1 + random.nextInt(25);
        int code =
            killer.forkAndKillBehind(
                "run-" + run, random.nextInt(300), LoadKiller.nthOf(nth, statement -> true));
        assertThat(code).as("seed %d, round %d", seed, round).isIn(0, LoadKiller.KILLED);
        run += code == 0 ? 1 : 0;
      }
      LoadProcess.load(manifest, "run-" + run);

      // When
      LoadReport report = LoadProcess.load(manifest, "last");

      // Then
      assertThat(report.exitCode()).as("seed %d: %s", seed, report).isZero();
      isWhatTheSourceIs();
    }
  }

  private void rollBack() {
    try (OpenCatalog open = OpenCatalog.of(Manifest.load(manifest).catalog())) {
      Table table = Shop.table(open, directory, "raw.orders");
      table.manageSnapshots().rollbackTo(table.currentSnapshot().parentId()).commit();
    }
  }

  private static void change() {
    shop.execute(
        """
        UPDATE orders SET total = -id, updated_at = now() WHERE id < 500 OR id IN (600, 700);
        INSERT INTO orders SELECT i, i, '2026-11-03', now() FROM generate_series(2001, 2010) i
        """);
  }

  private void isWhatTheSourceIs() {
    try (OpenCatalog open = OpenCatalog.of(Manifest.load(manifest).catalog())) {
      Table table = Shop.table(open, directory, "raw.orders");
      assertThat(Shop.rows(table))
          .extracting(r -> r.get(0) + " " + r.get(1) + " " + r.get(2))
          .containsExactlyInAnyOrderElementsOf(
              shop.texts("SELECT concat_ws(' ', id, total, day) FROM orders"));
      assertThat(table.currentSnapshot().summary()).containsEntry("total-equality-deletes", "0");
      assertThat(files().there()).containsExactlyInAnyOrderElementsOf(TableFiles.committed(table));
    }
    assertThat(files().journal("")).isEmpty();
  }

  private Set<String> committed() {
    try (OpenCatalog open = OpenCatalog.of(Manifest.load(manifest).catalog())) {
      return TableFiles.committed(Shop.table(open, directory, "raw.orders"));
    }
  }

  private TableFiles files() {
    return TableFiles.of(directory.resolve("warehouse"), "raw", "orders");
  }

  /** Kills a load when the catalog is about to swap the table's metadata, or has done it. */
  private void kill(Function<Runnable, Fault> fault) {
    LoadKiller killer = new LoadKiller(proxy, manifest, directory);
    assertThat(killer.fork(RUN, fault, UpsertKillTest::isCommit)).isEqualTo(LoadKiller.KILLED);
  }

  private static boolean isCommit(String statement) {
    return statement.contains("UPDATE iceberg_tables SET") && statement.contains("/raw/orders/");
  }

  private void behindProxy(FlakyPostgresProxy started) {
    proxy = started;
    manifest =
        shop.manifest(
            directory,
            3,
            "raw.orders: { load: { from: { source: shop, table: public.orders }, mode: upsert, cursor: { column: updated_at, lag: 10m }, partition: day } }");
    String catalog =
        "catalog: { type: jdbc, uri: \"%s?prepareThreshold=0\", user: %s, password: \"${file:%s/password}\", warehouse: \"%3$s/warehouse\" }"
            .formatted(proxy.jdbcUrl(CATALOG), EmbeddedPostgresServer.USER, directory);
    try {
      String text = Files.readString(manifest);
      Files.writeString(manifest, catalog + text.substring(text.indexOf('\n')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
