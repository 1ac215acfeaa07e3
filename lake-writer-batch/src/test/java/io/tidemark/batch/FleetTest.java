package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many tables of ten shapes in one job, five of them broken in as many ways. {@code
 * -Dlake.fleet.tables=1000} loads a thousand.
 */
class FleetTest {

  private static final int TABLES = Integer.getInteger("lake.fleet.tables", 50);
  private static final int CONNECTIONS = 4;

  private static final String SHAPES =
      """
      CREATE SCHEMA fleet;
      DO $$ BEGIN FOR i IN 0 .. %d LOOP
        EXECUTE format(CASE i %% 10
          WHEN 0 THEN 'CREATE TABLE fleet.t%%s (id int PRIMARY KEY, v text)'
          WHEN 1 THEN 'CREATE TABLE fleet.t%%s (id int, v text)'
          WHEN 2 THEN 'CREATE TABLE fleet.t%%s (id int, v text, PRIMARY KEY (v, id))'
          WHEN 3 THEN 'CREATE TABLE fleet.t%%s (id int, v text, n numeric(20, 4), a int[])'
          WHEN 4 THEN 'CREATE TABLE fleet.t%%s (id int, v text, j jsonb, u uuid)'
          WHEN 5 THEN 'CREATE TABLE fleet.t%%s (id int, v text, at timestamptz, d date)'
          WHEN 6 THEN 'CREATE TABLE fleet.t%%s (id int, v text) PARTITION BY RANGE (id)'
          WHEN 7 THEN 'CREATE TABLE fleet.t%%s (id int, v text, gone int, b bytea)'
          WHEN 8 THEN 'CREATE TABLE fleet.t%%s (id int, v text, "Odd ""Name" text)'
          ELSE 'CREATE TABLE fleet.t%%s (id int, v text, w int GENERATED ALWAYS AS (id * 2) STORED)'
          END, i);
        IF i %% 10 = 6 THEN
          EXECUTE format('CREATE TABLE fleet_t%%s_a PARTITION OF fleet.t%%s FOR VALUES FROM (0) TO (5)', i, i);
          EXECUTE format('CREATE TABLE fleet_t%%s_b PARTITION OF fleet.t%%s DEFAULT', i, i);
        ELSIF i %% 10 = 7 THEN
          EXECUTE format('ALTER TABLE fleet.t%%s DROP COLUMN gone', i);
        END IF;
        EXECUTE format('INSERT INTO fleet.t%%s (id, v) SELECT n, ''v'' || n FROM generate_series(1, %%s) n',
          i, i %% 17);
      END LOOP; END $$;
      CREATE TABLE fleet.scratch (id int);
      CREATE TABLE fleet.infinite (d timestamp); INSERT INTO fleet.infinite VALUES ('-infinity');
      CREATE VIEW fleet.divides AS SELECT 1 / (n - n) AS q FROM generate_series(1, 3) n;
      """;

  private static final String[] ENTRIES = {
    "fleet.*: { load: { from: { source: shop, table: fleet.*, except: fleet.scratch } } }",
    "fleet.missing: { load: { from: { source: shop, table: fleet.missing } } }",
    "fleet.divides: { load: { from: { source: shop, table: fleet.divides } } }",
    "fleet.column: { load: { from: { source: shop, table: fleet.t0 }, exclude: nothing } }",
    "fleet.where: { load: { from: { source: shop, table: fleet.t1 }, where: id === 2 } }"
  };

  @TempDir Path directory;

  @Test
  void allButTheBrokenOnesAreLoadedWithinTheConnectionsAllowed() throws Exception {
    try (ShopDatabase shop = ShopDatabase.start(directory)) {
      // Given
      shop.execute(SHAPES.formatted(TABLES - 1));
      Manifest manifest = Manifest.load(shop.manifest(directory, CONNECTIONS, ENTRIES));
      ExecutorService watcher = Executors.newSingleThreadExecutor();
      Future<Integer> most = watcher.submit(() -> mostConnections(shop));
      // When
      LoadReport report = LoadRun.of(manifest).run();
      // Then
      watcher.shutdownNow();
      assertThat(most.get()).isBetween(2, CONNECTIONS);
      assertThat(report.exitCode()).isEqualTo(1);
      assertThat(report.failed())
          .extracting(LoadOutcome.Failed::table)
          .containsExactlyInAnyOrder(
              "fleet.missing", "fleet.divides", "fleet.column", "fleet.where", "fleet.infinite");
      assertThat(report.outcomes()).hasSize(TABLES - 2 + report.failed().size());
      for (LoadOutcome outcome : report.outcomes()) {
        if (outcome instanceof LoadOutcome.Loaded loaded) {
          int i = Integer.parseInt(loaded.table().substring("fleet.t".length()));
          assertThat(loaded.rows()).as(loaded.table()).isEqualTo(i % 17);
        }
      }
    }
  }

  /** Asks the database over and over how many connections of loads there are. */
  private static int mostConnections(ShopDatabase shop) {
    int most = 0;
    while (!Thread.currentThread().isInterrupted()) {
      List<String> open =
          shop.texts(
              "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tidemark load'");
      most = Math.max(most, Integer.parseInt(open.get(0)));
    }
    return most;
  }
}
