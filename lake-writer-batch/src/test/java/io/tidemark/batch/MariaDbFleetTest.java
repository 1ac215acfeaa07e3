package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.EmbeddedMariaDbServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many tables of MariaDB, of ten shapes, in one job, five of them broken in as many ways. {@code
 * -Dlake.fleet.tables=1000} loads a thousand.
 */
class MariaDbFleetTest {

  private static final int TABLES = Integer.getInteger("lake.fleet.tables", 50);
  private static final int CONNECTIONS = 4;

  private static final List<String> SHAPES =
      List.of(
          "id int PRIMARY KEY, v text",
          "id int, v text",
          "id int, v varchar(20), PRIMARY KEY (v, id)",
          "id int, v text, n decimal(20, 4), big bigint unsigned",
          "id int, v text, j json, u uuid",
          "id int, v text, at timestamp NULL, d date",
          "id int, v text) PARTITION BY HASH (id",
          "id int, v varchar(20) CHARACTER SET latin1, b blob, bits bit(3)",
          "id int, v text, `Odd \"Name`` ;` text, e enum('a', 'b')",
          "id int, v text, w int GENERATED ALWAYS AS (id * 2) STORED, p point");

  private static final String BROKEN =
      """
      CREATE TABLE scratch (id int);
      SET sql_mode = ''; CREATE TABLE zero (d date); INSERT INTO zero VALUES ('0000-00-00');
      CREATE TABLE base (id int); CREATE VIEW broken AS SELECT id FROM base; DROP TABLE base;
      """;

  private static final String[] ENTRIES = {
    "fleet.*: { load: { from: { source: shop, table: fleet.*, except: fleet.scratch } } }",
    "fleet.missing: { load: { from: { source: shop, table: fleet.missing } } }",
    "fleet.broken: { load: { from: { source: shop, table: fleet.broken } } }",
    "fleet.column: { load: { from: { source: shop, table: fleet.t0 }, exclude: nothing } }",
    "fleet.where: { load: { from: { source: shop, table: fleet.t1 }, where: id === 2 } }"
  };

  @TempDir Path directory;

  @Test
  void allButTheBrokenOnesAreLoadedWithinTheConnectionsAllowed() throws Exception {
    // Given
    MariaDbShop shop = new MariaDbShop("fleet");
    shop.execute(tables() + BROKEN);
    shop.server().createUser("loader", EmbeddedMariaDbServer.PASSWORD);
    shop.execute("GRANT SELECT ON fleet.* TO loader");
    Manifest manifest =
        Manifest.load(shop.manifest(directory, "mariadb", "loader", CONNECTIONS, ENTRIES));
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
            "fleet.missing", "fleet.broken", "fleet.column", "fleet.where", "fleet.zero");
    assertThat(report.failed()).allMatch(failed -> failed.exitCode() == 2);
    assertThat(report.outcomes()).hasSize(TABLES - 2 + report.failed().size());
    for (LoadOutcome outcome : report.outcomes()) {
      if (outcome instanceof LoadOutcome.Loaded loaded) {
        int i = Integer.parseInt(loaded.table().substring("fleet.t".length()));
        assertThat(loaded.rows()).as(loaded.table()).isEqualTo(i % 17);
      }
    }
  }

  private static String tables() {
    return IntStream.range(0, TABLES)
        .mapToObj(
            i ->
                "CREATE TABLE t%d (%s); INSERT INTO t%1$d (id, v) SELECT n, concat('v', n) FROM (SELECT seq AS n FROM seq_1_to_17) s WHERE n <= %d;"
                    .formatted(i, SHAPES.get(i % SHAPES.size()), i % 17))
        .collect(Collectors.joining("\n"));
  }

  /** Asks the database over and over how many connections of loads there are. */
  private static int mostConnections(MariaDbShop shop) {
    int most = 0;
    while (!Thread.currentThread().isInterrupted()) {
      List<String> open =
          shop.texts("SELECT count(*) FROM information_schema.processlist WHERE user = 'loader'");
      most = Math.max(most, Integer.parseInt(open.get(0)));
    }
    return most;
  }
}
