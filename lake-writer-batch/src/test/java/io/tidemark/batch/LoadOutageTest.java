package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.fixtures.EmbeddedPostgresServer.Shutdown;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyPostgresProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away in mid-load: a table is loaded whole or not at all. */
class LoadOutageTest {

  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final long SEED = Long.getLong("lake.outage.seed", 20261122);
  private static final int TABLES = 8;

  private static ShopDatabase shop;

  @TempDir Path directory;

  private FlakyPostgresProxy proxy;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shop = ShopDatabase.start(directory);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @BeforeEach
  void createSchema() {
    shop.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  }

  @Test
  void serverThatRestartsIsAskedAgain() {
    try (FlakyPostgresProxy started = FlakyPostgresProxy.start(shop.port())) {
      // Given a server that crashes before the third range is read, and is shut down before the
      // ninth
      proxy = started;
      createLarge();
      atCopy(3, () -> restart(Shutdown.IMMEDIATE));
      atCopy(9, () -> restart(Shutdown.FAST));

      // When
      LoadReport report = LoadProcess.load(manifest("large"), "nightly");

      // Then
      assertThat(proxy.isSpent()).isTrue();
      assertThat(report.exitCode()).as(report.toString()).isZero();
      assertThat(rows("large", "payload")).isEqualTo(source("large", "payload"));
    }
  }

  @Test
  void serverThatStaysAwayFailsTheLoadWithinABound() {
    try (FlakyPostgresProxy started = FlakyPostgresProxy.start(shop.port())) {
      // Given
      proxy = started;
      createLarge();
      atCopy(5, () -> shop.stop(Shutdown.IMMEDIATE));
      Instant begun = Instant.now();

      // When
      LoadReport report = LoadProcess.load(manifest("large"), "nightly");

      // Then
      shop.startAgain();
      assertThat(Duration.between(begun, Instant.now())).isLessThan(BOUND);
      assertThat(report.exitCode()).isEqualTo(1);
      assertThat(report.failed().get(0).reason())
          .contains("Cannot connect to postgresql source shop: it cannot be reached");
      assertThat(ShopDatabase.rows(directory, "raw.large")).isEmpty();
    }
  }

  /** A connection of every table breaks once; of two of them, between the rows and the end. */
  @Test
  void connectionsThatBreakAnywhereCostNoRow() {
    try (FlakyPostgresProxy started = FlakyPostgresProxy.start(shop.port())) {
      // Given
      proxy = started;
      Random random = new Random(SEED);
      String[] tables = IntStream.range(0, TABLES).mapToObj(i -> "t" + i).toArray(String[]::new);
      for (int i = 0; i < TABLES; i++) {
        shop.execute(
            "CREATE TABLE t%d AS SELECT i AS id, md5('' || i) AS v FROM generate_series(1, %d) i"
                .formatted(i, 1 + random.nextInt(20_000)));
        String copied = "\"public\".\"t%d\"".formatted(i);
        Fault cut =
            switch (i) {
              case 0 -> Fault.withholdMessages(4);
              case 1 -> Fault.withholdMessages(3);
              case 2 -> Fault.withholdMessages(2);
              default -> Fault.cutAnswer(bytes -> random.nextInt(bytes));
            };
        proxy.fail(cut, statement -> isCopy(statement) && statement.contains(copied));
      }

      // When
      LoadReport report = LoadProcess.load(manifest(tables), "nightly");

      // Then
      assertThat(proxy.isSpent()).isTrue();
      assertThat(report.exitCode()).as("seed %d: %s", SEED, report).isZero();
      for (String table : tables) {
        assertThat(rows(table, "v")).as("%s, seed %d", table, SEED).isEqualTo(source(table, "v"));
      }
    }
  }

  private static List<String> source(String table, String column) {
    return shop.texts("SELECT id || ' ' || %s FROM %s".formatted(column, table)).stream()
        .sorted()
        .toList();
  }

  private List<String> rows(String table, String column) {
    return ShopDatabase.rows(directory, "raw." + table).stream()
        .map(row -> row.getField("id") + " " + row.getField(column))
        .sorted()
        .toList();
  }

  /** Some 35 MB, which come to eight ranges or nine. */
  private static void createLarge() {
    shop.execute(
        """
        CREATE TABLE large AS SELECT i AS id, repeat(md5('' || i), 6) AS payload
        FROM generate_series(1, 150000) i; CHECKPOINT
        """);
  }

  private void atCopy(int copy, Runnable action) {
    AtomicInteger seen = new AtomicInteger();
    proxy.fail(
        Fault.none().runBefore(action),
        statement -> isCopy(statement) && seen.incrementAndGet() == copy);
  }

  private static boolean isCopy(String statement) {
    return statement.contains("COPY (");
  }

  private static void restart(Shutdown mode) {
    shop.stop(mode);
    shop.startAgain();
  }

  private Path manifest(String... tables) {
    String[] entries =
        IntStream.range(0, tables.length)
            .mapToObj(
                i ->
                    "raw.%1$s: { load: { from: { source: shop, table: public.%1$s } } }"
                        .formatted(tables[i]))
            .toArray(String[]::new);
    return shop.manifest(directory, proxy.jdbcUrl("shop"), 3, entries);
  }
}
