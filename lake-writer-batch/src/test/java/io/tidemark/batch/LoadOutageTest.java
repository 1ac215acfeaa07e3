package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.CatalogReference;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.Source;
import io.tidemark.fixtures.Await;
import io.tidemark.fixtures.EmbeddedMariaDbServer;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyDatabaseProxy;
import io.tidemark.fixtures.Shutdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A database that goes away in mid-load: a table is loaded whole or not at all. */
class LoadOutageTest {

  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final long SEED = Long.getLong("lake.outage.seed", 20261122);
  private static final int ROUNDS = Integer.getInteger("lake.outage.rounds", 1);
  private static final int TABLES = 8;

  /** How long a load waits for a lock. */
  private static final Duration WAIT_FOR_LOCKS = Duration.ofMinutes(1);

  private static ShopDatabase postgres;
  private static EmbeddedMariaDbServer mariaDbServer;
  private static MariaDbShop mariaDb;

  @TempDir Path directory;

  @BeforeAll
  static void start(@TempDir Path directory) {
    postgres = ShopDatabase.start(directory);
    mariaDbServer = EmbeddedMariaDbServer.start(directory, "--innodb-flush-log-at-trx-commit=1");
    mariaDb = new MariaDbShop(mariaDbServer, "shop");
  }

  @AfterAll
  static void stop() {
    postgres.close();
    mariaDbServer.close();
  }

  /** They outlive a test, so that it must not close its argument. */
  static Stream<Shop> shops() {
    return Stream.of(postgres, mariaDb);
  }

  @BeforeEach
  void clear() {
    shops().forEach(Shop::clear);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("shops")
  void serverThatRestartsIsAskedAgain(Shop shop) {
    try (FlakyDatabaseProxy proxy = shop.startProxy()) {
      // Given a server that crashes before the third range is read, and is shut down before the
      // seventh
      createLarge(shop);
      atRead(3, proxy, shop, () -> restart(shop, Shutdown.IMMEDIATE));
      atRead(7, proxy, shop, () -> restart(shop, Shutdown.FAST));

      // When
      LoadReport report = LoadProcess.load(manifest(shop, proxy, "large"), "nightly");

      // Then
      assertThat(proxy.isSpent()).isTrue();
      assertThat(report.exitCode()).as(report.toString()).isZero();
      assertThat(((LoadOutcome.Loaded) report.outcomes().get(0)).takenOver()).isPositive();
      assertThat(rows(shop, "large")).isEqualTo(source(shop, "large"));
    }
  }

  /** Both at once, for much of it is waiting. */
  @Test
  void serverThatStaysAwayFailsTheLoadWithinABound() {
    try (FlakyDatabaseProxy ofPostgres = postgres.startProxy();
        FlakyDatabaseProxy ofMariaDb = mariaDb.startProxy()) {
      // Given
      createLarge(postgres);
      createLarge(mariaDb);
      atRead(5, ofPostgres, postgres, () -> postgres.stop(Shutdown.IMMEDIATE));
      atRead(5, ofMariaDb, mariaDb, () -> mariaDb.stop(Shutdown.IMMEDIATE));
      Instant begun = Instant.now();

      // When
      CompletableFuture<LoadReport> other =
          CompletableFuture.supplyAsync(
              () -> LoadProcess.load(manifest(mariaDb, ofMariaDb, "large"), "nightly"));
      LoadReport one = LoadProcess.load(manifest(postgres, ofPostgres, "large"), "nightly");
      List<LoadReport> reports = List.of(one, other.join());

      // Then
      shops().forEach(Shop::startAgain);
      assertThat(Duration.between(begun, Instant.now())).isLessThan(BOUND);
      assertThat(reports)
          .extracting(report -> report.exitCode() + " " + report.failed().get(0).reason())
          .satisfiesExactly(
              reason ->
                  assertThat(reason)
                      .contains("1 Cannot connect to postgresql source shop: it cannot be reached"),
              reason ->
                  assertThat(reason)
                      .contains("1 Cannot connect to mariadb source shop: it cannot be reached"));
      shops().forEach(shop -> assertThat(rows(shop, "large")).isEmpty());
    }
  }

  /** A connection of every table breaks once; of four of them, within the last messages. */
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("shops")
  void connectionsThatBreakAnywhereCostNoRow(Shop shop) {
    try (FlakyDatabaseProxy proxy = shop.startProxy()) {
      // Given
      Random random = new Random(SEED);
      String[] tables = IntStream.range(0, TABLES).mapToObj(i -> "t" + i).toArray(String[]::new);
      for (int i = 0; i < TABLES; i++) {
        String table = tables[i];
        shop.createTable(table, 1 + random.nextInt(20_000), 1);
        double part = random.nextDouble();
        Fault cut =
            i < 4 ? Fault.withholdMessages(i + 1) : Fault.cutAnswer(bytes -> (int) (bytes * part));
        proxy.fail(cut, statement -> shop.reads(statement, table));
      }

      // When
      LoadReport report = LoadProcess.load(manifest(shop, proxy, tables), "nightly");

      // Then
      assertThat(proxy.isSpent()).isTrue();
      assertThat(report.exitCode()).as("seed %d: %s", SEED, report).isZero();
      for (String table : tables) {
        assertThat(rows(shop, table)).as("%s, seed %d", table, SEED).isEqualTo(source(shop, table));
      }
    }
  }

  /** {@code -Dlake.outage.rounds=20} breaks more of them, {@code -Dlake.outage.seed=7} others. */
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("shops")
  void tableIsWholeOrAsItWasWhateverStatementsConnectionsBreakAt(Shop shop) {
    Random random = new Random(SEED);
    try (FlakyDatabaseProxy proxy = shop.startProxy()) {
      shop.createTable("large", 60_000, 6);
      Path manifest = manifest(shop, proxy, "large");
      LoadProcess.load(manifest, "before");
      List<String> expected = source(shop, "large");
      for (int round = 0; round < ROUNDS; round++) {
        shop.execute("UPDATE large SET payload = 'of %d' WHERE id %% 9 = 0".formatted(round));
        for (int i = 0; i < 2; i++) {
          double part = random.nextDouble();
          proxy.fail(
              Fault.cutAnswer(bytes -> (int) (bytes * part)),
              LoadKiller.nthOf(1 + random.nextInt(50), statement -> true));
        }

        LoadReport report = LoadProcess.load(manifest, "run-" + round);

        proxy.heal();
        assertThat(report.exitCode()).as("seed %d: %s", SEED, report).isBetween(0, 1);
        expected = report.exitCode() == 0 ? source(shop, "large") : expected;
        assertThat(rows(shop, "large")).as("seed %d: %s", SEED, report).isEqualTo(expected);
      }
    }
  }

  /** Its plan waits for the lock, which is taken behind the snapshot. */
  @Test
  void tableThatIsLockedHoldsUpNoOtherSource() throws Exception {
    try (FlakyDatabaseProxy proxy = postgres.startProxy();
        Connection locker = postgres.connect();
        OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      // Given
      createLarge(postgres);
      postgres.createTable("other", 150_000, 6);
      locker.setAutoCommit(false);
      proxy.fail(
          Fault.none().runBefore(() -> lock(locker, "large")),
          statement -> statement.contains("pg_export_snapshot"));
      CatalogReference catalog = Shop.catalog(directory);
      Files.writeString(directory.resolve("password"), EmbeddedPostgresServer.PASSWORD);

      // When
      Instant begun = Instant.now();
      CompletableFuture<LoadReport> report =
          CompletableFuture.supplyAsync(
              () ->
                  LoadRun.into(
                          catalog,
                          load("locked", postgres.url(proxy), "large"),
                          load("free", postgres.url(), "other"))
                      .splitSize(MemorySize.ofMebiBytes(4))
                      .run());

      // Then
      awaitRows(open.catalog(), "raw.other", report);
      assertThat(Duration.between(begun, Instant.now())).isLessThan(WAIT_FOR_LOCKS);
      assertThat(report).isNotDone();
      locker.rollback();
      assertThat(report.get().exitCode()).as(report.get().toString()).isZero();
    }
  }

  private static void lock(Connection connection, String table) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private LoadEntry load(String source, String url, String table) {
    Source.Postgres shop =
        new Source.Postgres(
            source,
            url,
            EmbeddedPostgresServer.USER,
            "${file:%s}".formatted(directory.resolve("password")),
            3);
    return LoadEntry.of("raw." + table, shop, new LoadEntry.Relation("public", table)).build();
  }

  private static void awaitRows(Catalog catalog, String table, CompletableFuture<LoadReport> report)
      throws InterruptedException {
    TableIdentifier identifier = TableIdentifier.parse(table);
    Await.until(
        "rows of " + table + " or the end of the load",
        () ->
            report.isDone()
                || (catalog.tableExists(identifier)
                    && catalog.loadTable(identifier).currentSnapshot() != null));
  }

  private static List<String> source(Shop shop, String table) {
    return shop.texts("SELECT concat(id, ' ', payload) FROM " + table).stream().sorted().toList();
  }

  private List<String> rows(Shop shop, String table) {
    return Shop.rows(target(shop), "raw." + table).stream()
        .map(row -> row.getField("id") + " " + row.getField("payload"))
        .sorted()
        .toList();
  }

  private Path target(Shop shop) {
    return directory.resolve(shop.toString());
  }

  /** Some 35 MB, which come to eight ranges or nine. */
  private static void createLarge(Shop shop) {
    shop.createTable("large", 150_000, 6);
  }

  private static void atRead(int read, FlakyDatabaseProxy proxy, Shop shop, Runnable action) {
    AtomicInteger seen = new AtomicInteger();
    proxy.fail(
        Fault.none().runBefore(action),
        statement -> shop.reads(statement, "large") && seen.incrementAndGet() == read);
  }

  private static void restart(Shop shop, Shutdown mode) {
    shop.stop(mode);
    shop.startAgain();
  }

  private Path manifest(Shop shop, FlakyDatabaseProxy proxy, String... tables) {
    String[] entries =
        Stream.of(tables)
            .map(
                table ->
                    "raw.%1$s: { load: { from: { source: shop, table: %2$s.%1$s } } }"
                        .formatted(table, shop.schema()))
            .toArray(String[]::new);
    return shop.manifest(target(shop), shop.url(proxy), 3, entries);
  }
}
