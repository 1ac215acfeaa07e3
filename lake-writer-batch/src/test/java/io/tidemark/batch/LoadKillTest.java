package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyPostgresProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load that is killed, or loses its connection, reads again only what it has to. */
class LoadKillTest {

  private static final String EVENTS =
      "raw.events: { load: { from: { source: shop, table: public.events } } }";
  private static final String NAME = "raw.events";
  private static final int ROUNDS = Integer.getInteger("lake.kill.rounds", 2);
  private static final long SEED = Long.getLong("lake.kill.seed", 20261122);

  private static ShopDatabase shop;

  @TempDir Path directory;

  private FlakyPostgresProxy proxy;
  private Path manifest;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shop = ShopDatabase.start(directory);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  /** Some 35 MB, which come to eight splits or nine. */
  @BeforeEach
  void createEvents() {
    shop.execute(
        """
        DROP SCHEMA public CASCADE; CREATE SCHEMA public;
        CREATE TABLE events WITH (autovacuum_enabled = off) AS
        SELECT i AS id, i % 3 AS changed, repeat(md5('' || i), 6) AS payload
        FROM generate_series(1, 150000) i
        """);
  }

  private void behindProxy(FlakyPostgresProxy started) {
    proxy = started;
    manifest = shop.manifest(directory, proxy.jdbcUrl("shop"), 3, EVENTS);
  }

  @Test
  void killedLoadIsTakenUpWhereTheDatabaseProvesItUnchanged() {
    try (FlakyPostgresProxy started = FlakyPostgresProxy.start(shop.port())) {
      // Given a load that is killed at about 40 %, rows of its first splits changed, another kill
      behindProxy(started);
      killAtCopy(5);
      assertThat(dataFiles()).isNotEmpty();
      assertThat(journal(".json")).hasSizeGreaterThanOrEqualTo(3);
      assertThat(catalogIsEmpty()).isTrue();
      shop.execute("UPDATE events SET changed = 7 WHERE id IN (1, 20000)");
      killAtCopy(3);
      int done = journal(".json").size();
      assertThat(done).isGreaterThanOrEqualTo(4);
      int copiesBefore = copies();

      // When
      LoadReport report = LoadProcess.load(manifest, "nightly/2026-11-22");

      // Then
      LoadOutcome.Loaded loaded = (LoadOutcome.Loaded) report.outcomes().get(0);
      assertThat(loaded.rows()).isEqualTo(150_000);
      assertThat(loaded.takenOver()).isBetween(25_000L, 149_999L);
      assertThat(copies() - copiesBefore).isLessThanOrEqualTo(loaded.files() - 2);
      assertThat(rows()).isEqualTo(source());
      assertThat(dataFiles()).containsExactlyInAnyOrderElementsOf(committed());
      assertThat(journal("")).isEmpty();
    }
  }

  @Test
  void filesThatASnapshotOffMainHasAreNotTakenOver() throws IOException {
    assertNotTakenOver(
        table -> table.manageSnapshots().rollbackTo(table.currentSnapshot().parentId()).commit());
  }

  /** They would be deleted with the snapshot that holds both their old place and their new one. */
  @Test
  void filesOfALoadWhoseSnapshotExpiredAreNotTakenOver() throws IOException {
    assertNotTakenOver(
        table -> {
          long landed = table.currentSnapshot().snapshotId();
          table.rewriteManifests().clusterBy(file -> "one").commit();
          table.expireSnapshots().expireSnapshotId(landed).commit();
        });
  }

  private void assertNotTakenOver(Consumer<Table> meanwhile) throws IOException {
    try (FlakyPostgresProxy started = FlakyPostgresProxy.start(shop.port())) {
      // Given a run that landed, was killed before it swept up, and what then became of its
      // snapshot
      behindProxy(started);
      LoadProcess.load(manifest, "nightly/2026-11-21");
      killAtCopy(5);
      Path journal = directory.resolve("warehouse/raw/events/tidemark-load");
      copy(journal, directory.resolve("journal"));
      LoadProcess.load(manifest, "nightly/2026-11-22");
      copy(directory.resolve("journal"), journal);
      Set<String> before = committed();
      try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
        meanwhile.accept(Shop.table(open, directory, NAME));
      }

      // When
      LoadReport report = LoadProcess.load(manifest, "nightly/2026-11-22");

      // Then
      assertThat(((LoadOutcome.Loaded) report.outcomes().get(0)).takenOver()).isZero();
      assertThat(current()).doesNotContainAnyElementsOf(before);
      assertThat(rows()).isEqualTo(source());
      assertThat(dataFiles()).containsExactlyInAnyOrderElementsOf(committed());
      assertThat(journal("")).isEmpty();
    }
  }

  private List<String> current() {
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      Table table = Shop.table(open, directory, NAME);
      return StreamSupport.stream(
              table.currentSnapshot().addedDataFiles(table.io()).spliterator(), false)
          .map(file -> Path.of(file.location()).getFileName().toString())
          .toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copied = to.resolve(from.relativize(file));
        Files.createDirectories(copied.getParent());
        Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void loadThatLosesAConnectionKeepsWhatItHasDone() {
    try (FlakyPostgresProxy started = FlakyPostgresProxy.start(shop.port())) {
      // Given
      behindProxy(started);
      AtomicInteger seen = new AtomicInteger();
      proxy.fail(
          Fault.dropRequest(), statement -> isCopy(statement) && seen.incrementAndGet() == 5);

      // When
      LoadReport report = LoadProcess.load(manifest, "nightly/2026-11-22");

      // Then
      LoadOutcome.Loaded loaded = (LoadOutcome.Loaded) report.outcomes().get(0);
      assertThat(loaded.takenOver()).isBetween(40_000L, 149_999L);
      assertThat(rows()).isEqualTo(source());
      assertThat(dataFiles()).containsExactlyInAnyOrderElementsOf(committed());
      assertThat(journal("")).isEmpty();
    }
  }

  /**
   * A run that landed before it was struck is followed by another one. {@code
   * -Dlake.kill.rounds=20} strikes more often, {@code -Dlake.kill.seed=7} elsewhere.
   */
  @Test
  void loadsThatAreKilledAnywhereLandWhole() {
    Random random = new Random(SEED);
    int run = 1;
    int struck = 0;
    try (FlakyPostgresProxy started = FlakyPostgresProxy.start(shop.port())) {
      // Given loads that are killed at some statement, or up to half a second behind it
      behindProxy(started);
      for (int round = 0; round < ROUNDS; round++) {
        int nth = 1 + random.nextInt(60);
        int lag = random.nextInt(500);
        int code =
            killer().forkAndKillBehind("run-" + run, lag, LoadKiller.nthOf(nth, statement -> true));
        assertThat(code).as("seed %d, round %d", SEED, round).isIn(0, LoadKiller.KILLED);
        struck += code == 0 ? 0 : 1;
        run += code == 0 ? 1 : 0;
        if (random.nextBoolean()) {
          shop.execute(
              "UPDATE events SET changed = %1$d WHERE id = %1$d"
                  .formatted(1 + random.nextInt(150_000)));
        }
      }
      int done = journal(".json").size();
      int copiesBefore = copies();

      // When
      LoadReport report = LoadProcess.load(manifest, "run-" + run);

      // Then
      assertThat(report.exitCode()).as("seed %d: %s", SEED, report).isZero();
      LoadOutcome.Loaded loaded = (LoadOutcome.Loaded) report.outcomes().get(0);
      assertThat(copies() - copiesBefore)
          .isLessThanOrEqualTo(Math.max(0, loaded.files() - done + ROUNDS));
      assertThat(rows()).isEqualTo(source());
      assertThat(dataFiles()).containsExactlyInAnyOrderElementsOf(committed());
      assertThat(journal("")).isEmpty();
      assertThat(struck).isPositive();
    }
  }

  /** Forks a load and kills it when it is about to begin its nth copy. */
  private void killAtCopy(int copy) {
    int code =
        killer()
            .fork(
                "nightly/2026-11-22",
                kill -> Fault.dropRequest().runBefore(kill),
                LoadKiller.nthOf(copy, LoadKillTest::isCopy));
    assertThat(code).isEqualTo(LoadKiller.KILLED);
  }

  private LoadKiller killer() {
    return new LoadKiller(proxy, manifest, directory);
  }

  private static boolean isCopy(String statement) {
    return statement.contains("COPY (");
  }

  private int copies() {
    return (int) proxy.statements().stream().filter(LoadKillTest::isCopy).count();
  }

  private static List<String> source() {
    return shop.texts("SELECT id || ' ' || changed || ' ' || payload FROM events").stream()
        .sorted()
        .toList();
  }

  private List<String> rows() {
    return Shop.rows(directory, NAME).stream()
        .map(
            r ->
                "%s %s %s"
                    .formatted(r.getField("id"), r.getField("changed"), r.getField("payload")))
        .sorted()
        .toList();
  }

  private boolean catalogIsEmpty() {
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      return Shop.table(open, directory, NAME).currentSnapshot() == null;
    }
  }

  private Set<String> committed() {
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      return TableFiles.committed(Shop.table(open, directory, NAME));
    }
  }

  private List<String> dataFiles() {
    return files().there();
  }

  private List<String> journal(String ending) {
    return files().journal(ending);
  }

  private TableFiles files() {
    return TableFiles.of(directory.resolve("warehouse"), "raw", "events");
  }
}
