package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyDatabaseProxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load from MariaDB that is killed reads again only the ranges that have changed since. */
class MariaDbLoadKillTest {

  private static final String RUN = "nightly/2026-11-22";
  private static final int ROWS = 80_000;
  private static final int ROUNDS = Integer.getInteger("lake.kill.rounds", 1);
  private static final long SEED = Long.getLong("lake.kill.seed", 20261122);

  @TempDir Path directory;

  private final MariaDbShop shop = new MariaDbShop("kill");

  /** Some 20 MB, which come to five splits or six. */
  @BeforeEach
  void createEvents() {
    shop.execute(
        """
        CREATE TABLE events (id int PRIMARY KEY, changed int, payload varchar(200));
        INSERT INTO events SELECT seq, seq %% 3, repeat(md5(seq), 6) FROM seq_1_to_%d;
        ANALYZE TABLE events
        """
            .formatted(ROWS));
  }

  @Test
  void killedLoadIsTakenUpWhereChecksumsOfTheDatabaseProveItUnchanged() {
    try (FlakyDatabaseProxy proxy = shop.startProxy()) {
      // Given a load that is killed when two splits are done, and rows of one changed
      Path manifest = manifest(proxy);
      int code =
          new LoadKiller(proxy, manifest, directory)
              .fork(
                  RUN,
                  kill -> Fault.dropRequest().runBefore(kill),
                  LoadKiller.nthOf(3, statement -> shop.reads(statement, "events")));
      assertThat(code).isEqualTo(LoadKiller.KILLED);
      assertThat(files().journal(".json")).hasSize(2);
      shop.execute(
          "UPDATE events SET changed = 7 WHERE id IN (1, 2); DELETE FROM events WHERE id = 3; INSERT INTO events VALUES (0, 0, 'new')");

      // When
      LoadReport report = LoadProcess.load(manifest, RUN);

      // Then
      LoadOutcome.Loaded loaded = (LoadOutcome.Loaded) report.outcomes().get(0);
      assertThat(loaded.rows()).isEqualTo(ROWS);
      assertThat(loaded.takenOver()).isBetween(10_000L, ROWS - 1L);
      isWhatTheSourceIs();
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
    try (FlakyDatabaseProxy proxy = shop.startProxy()) {
      // Given loads that are killed at some statement, or up to half a second behind it
      LoadKiller killer = new LoadKiller(proxy, manifest(proxy), directory);
      for (int round = 0; round < ROUNDS; round++) {
        int nth = 1 + random.nextInt(60);
        int code =
            killer.forkAndKillBehind(
                "run-" + run, random.nextInt(500), LoadKiller.nthOf(nth, statement -> true));
        assertThat(code).as("seed %d, round %d", SEED, round).isIn(0, LoadKiller.KILLED);
        struck += code == 0 ? 0 : 1;
        run += code == 0 ? 1 : 0;
        if (random.nextBoolean()) {
          shop.execute(
              "UPDATE events SET changed = %1$d WHERE id = %1$d"
                  .formatted(1 + random.nextInt(ROWS)));
        }
      }

      // When
      LoadReport report = LoadProcess.load(killer.manifest(), "run-" + run);

      // Then
      assertThat(report.exitCode()).as("seed %d: %s", SEED, report).isZero();
      isWhatTheSourceIs();
      assertThat(struck).isPositive();
    }
  }

  private Path manifest(FlakyDatabaseProxy proxy) {
    return shop.manifest(
        directory,
        shop.url(proxy),
        2,
        "raw.events: { load: { from: { source: shop, table: kill.events } } }");
  }

  private void isWhatTheSourceIs() {
    List<String> source =
        shop.texts("SELECT concat(id, ' ', changed, ' ', payload) FROM events").stream()
            .sorted()
            .toList();
    assertThat(
            Shop.rows(directory, "raw.events").stream()
                .map(
                    r ->
                        "%s %s %s"
                            .formatted(
                                r.getField("id"), r.getField("changed"), r.getField("payload")))
                .sorted()
                .toList())
        .isEqualTo(source);
    assertThat(files().there()).containsExactlyInAnyOrderElementsOf(committed());
    assertThat(files().journal("")).isEmpty();
  }

  private Set<String> committed() {
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      return TableFiles.committed(Shop.table(open, directory, "raw.events"));
    }
  }

  private TableFiles files() {
    return TableFiles.of(directory.resolve("warehouse"), "raw", "events");
  }
}
