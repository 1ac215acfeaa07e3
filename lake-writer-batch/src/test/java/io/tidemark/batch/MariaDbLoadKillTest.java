package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.fixtures.ForkedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load from MariaDB that is killed reads again only the ranges that have changed since. */
class MariaDbLoadKillTest {

  private static final String RUN = "nightly/2026-11-22";

  @TempDir Path directory;

  @Test
  void killedLoadIsTakenUpWhereChecksumsOfTheDatabaseProveItUnchanged() throws Exception {
    // Given a load of five splits or six that is killed when two are done, and rows of one changed
    MariaDbShop shop = new MariaDbShop("kill");
    shop.execute(
        """
        CREATE TABLE events (id int PRIMARY KEY, changed int, payload varchar(200));
        INSERT INTO events SELECT seq, seq % 3, repeat(md5(seq), 6) FROM seq_1_to_80000;
        ANALYZE TABLE events
        """);
    Path manifest =
        shop.manifest(
            directory, 2, "raw.events: { load: { from: { source: shop, table: kill.events } } }");
    killWhenDone(2, manifest);
    assertThat(journal()).hasSizeGreaterThanOrEqualTo(2);
    shop.execute(
        "UPDATE events SET changed = 7 WHERE id IN (1, 2); DELETE FROM events WHERE id = 3; INSERT INTO events VALUES (0, 0, 'new')");

    // When
    LoadReport report = LoadProcess.load(manifest, RUN);

    // Then
    LoadOutcome.Loaded loaded = (LoadOutcome.Loaded) report.outcomes().get(0);
    assertThat(loaded.rows()).isEqualTo(80_000);
    assertThat(loaded.takenOver()).isBetween(10_000L, 79_999L);
    assertThat(
            ShopDatabase.rows(directory, "raw.events").stream()
                .map(
                    r ->
                        "%s %s %s"
                            .formatted(
                                r.getField("id"), r.getField("changed"), r.getField("payload")))
                .sorted()
                .toList())
        .isEqualTo(
            shop.texts("SELECT concat(id, ' ', changed, ' ', payload) FROM events").stream()
                .sorted()
                .toList());
    assertThat(journal()).isEmpty();
  }

  private void killWhenDone(int splits, Path manifest) throws InterruptedException {
    try (ForkedJvm process =
        ForkedJvm.start(
            LoadProcess.class.getName(),
            Map.of(),
            directory.resolve("output"),
            List.of(manifest.toString(), RUN))) {
      long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      while (journal().size() < splits && System.nanoTime() < deadline) {
        Thread.sleep(2);
      }
      process.kill();
      assertThat(process.await(Duration.ofMinutes(1))).as(process::output).isEqualTo(128 + 9);
    }
  }

  private List<Path> journal() {
    Path warehouse = directory.resolve("warehouse");
    if (!Files.exists(warehouse)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(warehouse)) {
      return files
          .filter(file -> file.toString().contains("tidemark-load"))
          .filter(file -> file.toString().endsWith(".json") && file.toFile().length() > 0)
          .toList();
    } catch (UncheckedIOException | IOException e) {
      // A directory went while it was listed.
      return List.of();
    }
  }
}
