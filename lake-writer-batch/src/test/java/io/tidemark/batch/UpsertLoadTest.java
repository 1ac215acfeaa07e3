package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.internal.load.FleetPlan;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.ledger.RunHistory;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changed in PostgreSQL, upserted into plain tables. */
class UpsertLoadTest {

  private static final String BY_COLUMN = "{ column: updated_at, lag: 10m }";
  private static final String BY_TRANSACTION = "transaction";

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
    shop.execute(
        """
        DROP SCHEMA public CASCADE; CREATE SCHEMA public;
        CREATE TABLE orders (region text, id bigint, total numeric(10, 2), day date,
          updated_at timestamptz, PRIMARY KEY (region, id));
        INSERT INTO orders SELECT 'r' || i % 3, i, i, date '2026-11-01' + i % 5, now() - interval '1 day'
          FROM generate_series(1, 1000) i
        """);
  }

  @Test
  void enumsOfTheDatabaseAreNoMatterOfTransactions() {
    load("run-1", BY_TRANSACTION);
    shop.execute(
        "CREATE TYPE mood AS ENUM ('ok'); UPDATE orders SET total = 0, updated_at = now() WHERE id = 1");

    LoadReport report = load("run-2", BY_TRANSACTION);

    shop.execute("DROP TYPE mood");
    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(lake()).containsExactlyInAnyOrderElementsOf(source());
  }

  @ParameterizedTest
  @ValueSource(strings = {BY_COLUMN, BY_TRANSACTION})
  void tableIsWhatTheSourceIsButForDeletes(String cursor) {
    load("run-1", cursor);
    shop.execute(
        """
        UPDATE orders SET total = -id, day = day + 1, updated_at = now() WHERE id <= 100;
        INSERT INTO orders SELECT 'r9', i, i, date '2026-11-01', now() FROM generate_series(1, 50) i;
        DELETE FROM orders WHERE id = 107
        """);

    LoadReport report = load("run-2", cursor);

    assertThat(report.outcomes())
        .singleElement()
        .asString()
        .startsWith("raw.orders loaded: 150 rows (100 replaced, 50 new) in ");
    List<String> source = source();
    source.add("r2 107 107.00 2026-11-03");
    assertThat(lake()).containsExactlyInAnyOrderElementsOf(source);
    assertThat(summary("total-equality-deletes")).isEqualTo("0");
    assertThat(summary("total-position-deletes")).isEqualTo("100");
  }

  @ParameterizedTest
  @ValueSource(strings = {BY_COLUMN, BY_TRANSACTION})
  void rowThatIsCommittedLateIsNotMissed(String cursor) throws SQLException {
    try (Connection late = shop.connect();
        Statement statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute("UPDATE orders SET total = -1, updated_at = now() WHERE id = 8");
      load("run-1", cursor);
      late.commit();
    }

    LoadReport report = load("run-2", cursor);

    assertThat(report.outcomes().get(0).toString()).contains(": 1 rows (1 replaced, 0 new) in ");
    assertThat(lake()).containsExactlyInAnyOrderElementsOf(source());
  }

  @Test
  void refusedLoadLeavesTheLakeAsItIs() {
    LoadReport masked =
        run(BY_COLUMN, "columns: { updated_at: { mask: redact } }, ").runId("run-1").run();
    assertThat(masked.failed().get(0).reason()).contains("updated_at: it is masked");
    try (OpenCatalog open = OpenCatalog.of(ShopDatabase.catalog(directory))) {
      assertThat(open.catalog().tableExists(TableIdentifier.of("raw", "orders"))).isFalse();
    }
    load("run-2", BY_COLUMN);
    shop.execute("ALTER TABLE orders ADD note text");

    LoadReport refused = load("run-3", BY_TRANSACTION);
    LoadReport again = load("run-2", BY_COLUMN);

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(again.outcomes().get(0).toString()).contains("was loaded by this run before");
    try (OpenCatalog open = OpenCatalog.of(ShopDatabase.catalog(directory))) {
      assertThat(Shop.table(open, directory, "raw.orders").schema().findField("note")).isNull();
    }
  }

  @Test
  void keyThatTheTableWillNotHaveIsRefusedBeforeAnythingIsRead() {
    load("run-1", BY_TRANSACTION);
    shop.execute(
        "ALTER TABLE orders DROP CONSTRAINT orders_pkey, ADD n bigserial, ADD PRIMARY KEY (n)");

    LoadReport refused = run(BY_TRANSACTION, "on-drift: ignore, ").full().runId("run-2").run();

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.failed().get(0).reason()).contains("Cannot use n as a key");
  }

  @Test
  void keyThatIsLoadedMaskedToo() {
    String options = "columns: { hidden: { from: id, mask: redact }, id: { from: id } }, ";

    LoadReport report = run(BY_TRANSACTION, options).runId("run-1").run();

    assertThat(report.outcomes().get(0).toString()).contains("1,000 rows");
    try (OpenCatalog open = OpenCatalog.of(ShopDatabase.catalog(directory))) {
      assertThat(Shop.table(open, directory, "raw.orders").schema().identifierFieldNames())
          .containsExactlyInAnyOrder("region", "id");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exclude: [ region ], ", "columns: { region: { mask: redact } }, "})
  void partOfAKeyIsNoKey(String options) {
    LoadReport report = run(BY_TRANSACTION, options).runId("run-1").run();

    assertThat(report.exitCode()).isEqualTo(2);
    assertThat(report.failed().get(0).reason()).contains("has no primary key");
  }

  /** The driver gives its sessions the zone of the process. */
  @ParameterizedTest
  @ValueSource(strings = {"America/New_York", "Asia/Seoul"})
  void zoneOfTheProcessDoesNotMatterToAnyDatabase(String zone) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      LoadRun.of(anyDatabase(BY_COLUMN)).runId("run-1").run();
      shop.execute("UPDATE orders SET total = -1, updated_at = now() WHERE id = 8");

      LoadReport report = LoadRun.of(anyDatabase(BY_COLUMN)).runId("run-2").run();

      assertThat(report.outcomes().get(0).toString()).contains(": 1 rows (1 replaced, 0 new) in ");
    } finally {
      TimeZone.setDefault(before);
    }
    assertThat(lake()).containsExactlyInAnyOrderElementsOf(source());
  }

  private Manifest anyDatabase(String cursor) {
    return Manifest.load(
        shop.manifest(
            directory,
            "jdbc",
            shop.url(),
            EmbeddedPostgresServer.USER,
            4,
            "raw.orders: { load: { from: { source: shop, table: public.orders }, mode: upsert, cursor: %s, partition: day } }"
                .formatted(cursor)));
  }

  @Test
  void rowThatDoesNotSayWhenItChangedIsReadEachTime() {
    shop.execute("UPDATE orders SET updated_at = NULL WHERE id = 5");
    load("run-1", BY_COLUMN);
    shop.execute("UPDATE orders SET total = 0 WHERE id = 5");

    load("run-2", BY_COLUMN);

    assertThat(lake()).containsExactlyInAnyOrderElementsOf(source());
  }

  @Test
  void sameRunAgainDoesNothingAndShowsItsOwnMode() {
    load("run-1", BY_TRANSACTION);
    load("run-2", BY_TRANSACTION);
    shop.execute("UPDATE orders SET total = 0");

    LoadReport again = load("run-2", BY_TRANSACTION);

    assertThat(again.outcomes().get(0).toString())
        .startsWith("raw.orders was loaded by this run before: 0 rows");
    assertThat(again.outcomes())
        .singleElement()
        .isInstanceOfSatisfying(
            LoadOutcome.Loaded.class,
            loaded -> assertThat(loaded.mode()).isEqualTo(Load.Mode.UPSERT));
    assertThat(history())
        .containsExactlyInAnyOrder(
            "run-1 LOADED full", "run-2 LOADED upsert", "run-2 UNCHANGED upsert");
  }

  private List<String> history() {
    try (OpenCatalog open = OpenCatalog.of(ShopDatabase.catalog(directory))) {
      return RunHistory.of(open.catalog(), Namespace.of("raw")).runs().stream()
          .map(run -> "%s %s %s".formatted(run.runId(), run.outcome(), run.mode()))
          .toList();
    }
  }

  @Test
  void sweepingUpBehindAnAttemptThatFailedLeavesTheDeletes() {
    load("run-1", BY_COLUMN);
    shop.execute(
        """
        UPDATE orders SET total = 0, updated_at = now() WHERE id <= 50;
        UPDATE orders SET day = 'infinity', updated_at = now() WHERE id = 77
        """);
    LoadReport failed = load("run-2", BY_COLUMN);
    shop.execute("UPDATE orders SET day = '2026-11-22' WHERE id = 77");

    LoadReport report = load("run-2", BY_COLUMN);

    assertThat(failed.failed().get(0).reason()).contains("infinity");
    assertThat(report.outcomes().get(0).toString()).contains(": 51 rows (51 replaced, 0 new) in ");
    assertThat(summary("total-position-deletes")).isEqualTo("51");
    assertThat(lake()).containsExactlyInAnyOrderElementsOf(source());
  }

  @Test
  void otherTermsAreRefusedUntilTheTableIsLoadedAnew() {
    load("run-1", BY_COLUMN);

    LoadReport refused = load("run-2", BY_TRANSACTION);
    LoadReport anew = run(BY_TRANSACTION, "").runId("run-3").full().run();

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.failed().get(0).reason())
        .isEqualTo(
            "Cannot go on with the loads of raw.orders: cursor was updated_at and is transaction. Load it anew with --full, or change it back. Nothing was loaded.");
    assertThat(anew.exitCode()).isZero();
    assertThat(load("run-4", BY_TRANSACTION).outcomes().get(0).toString()).contains(": 0 rows (0");
  }

  @Test
  void rolledBackTableIsNotGoneOnWith() {
    load("run-1", BY_TRANSACTION);
    load("run-2", BY_TRANSACTION);
    try (OpenCatalog open = OpenCatalog.of(ShopDatabase.catalog(directory))) {
      Table table = ShopDatabase.table(open, directory, "raw.orders");
      table.manageSnapshots().rollbackTo(table.currentSnapshot().parentId()).commit();
    }

    LoadReport report = load("run-3", BY_TRANSACTION);

    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.failed().get(0).reason())
        .contains("history was rewritten. Run run-2 came to transaction ")
        .endsWith("Load it anew with --full.");
  }

  @Test
  void keyThatDoesNotTellRowsApartIsRefused() {
    LoadReport report = run(BY_COLUMN, "key: region, ").run();

    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.failed().get(0).reason())
        .contains("two rows that were read have one key: region=r");
  }

  /** Some databases take keys for documentation, and drivers tell them like any other. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "NULL"})
  void keyThatAnyDatabaseDoesNotKeepToIsRefused(String changed) {
    shop.execute(
        """
        DROP TABLE orders;
        CREATE TABLE orders (id int NOT NULL, day int NOT NULL, v int) PARTITION BY LIST (day);
        CREATE TABLE orders_0 PARTITION OF orders DEFAULT;
        INSERT INTO orders VALUES (1, 1, %1$s), (1, 1, %1$s);
        ALTER TABLE ONLY orders ADD PRIMARY KEY (id, day)
        """
            .formatted(changed));

    LoadReport report = LoadRun.of(anyDatabase("{ column: v, lag: 0 }")).run();

    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.failed().get(0).reason()).contains("two rows that were read have one key");
  }

  @Test
  void planTellsWhatTheNextRunReads() {
    load("run-1", BY_TRANSACTION);

    assertThat(plan(BY_TRANSACTION))
        .contains("; reads rows written by transactions from ")
        .endsWith(", by one connection");
    assertThat(plan(BY_COLUMN))
        .contains("raw.orders   Cannot go on with the loads of raw.orders: ")
        .contains("cursor was transaction and is updated_at");
  }

  private String plan(String cursor) {
    Manifest manifest = manifest(cursor, "");
    try (OpenCatalog open = OpenCatalog.of(manifest.catalog())) {
      return FleetPlan.of(manifest, open.catalog(), Set.of()).get(0).toString();
    }
  }

  private LoadReport load(String runId, String cursor) {
    return run(cursor, "").runId(runId).run();
  }

  private LoadRun run(String cursor, String options) {
    return LoadRun.of(manifest(cursor, options));
  }

  private Manifest manifest(String cursor, String options) {
    return Manifest.load(
        shop.manifest(
            directory,
            4,
            "raw.orders: { load: { from: { source: shop, table: public.orders }, mode: upsert, %scursor: %s, partition: day, parity: checksums } }"
                .formatted(options, cursor)));
  }

  private List<String> source() {
    return shop.texts("SELECT concat_ws(' ', region, id, total, day) FROM orders");
  }

  private List<String> lake() {
    return ShopDatabase.rows(directory, "raw.orders").stream()
        .map(UpsertLoadTest::text)
        .collect(Collectors.toList());
  }

  private static String text(Record row) {
    return "%s %s %s %s"
        .formatted(
            row.getField("region"), row.getField("id"), row.getField("total"), row.getField("day"));
  }

  private String summary(String entry) {
    try (OpenCatalog open = OpenCatalog.of(ShopDatabase.catalog(directory))) {
      return ShopDatabase.table(open, directory, "raw.orders")
          .currentSnapshot()
          .summary()
          .get(entry);
    }
  }
}
