package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyPostgresProxy;
import io.tidemark.fixtures.ForkedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
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
      assertThat(rows()).containsExactlyInAnyOrderElementsOf(source());
      assertThat(dataFiles()).containsExactlyInAnyOrderElementsOf(committed());
      assertThat(journal("")).isEmpty();
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
      assertThat(rows()).containsExactlyInAnyOrderElementsOf(source());
      assertThat(dataFiles()).containsExactlyInAnyOrderElementsOf(committed());
      assertThat(journal("")).isEmpty();
    }
  }

  /** Forks a load and kills it when it is about to begin its nth copy. */
  private void killAtCopy(int copy) {
    ForkedJvm[] forked = new ForkedJvm[1];
    AtomicInteger seen = new AtomicInteger();
    proxy.fail(
        Fault.dropRequest().runBefore(() -> forked[0].kill()),
        statement -> isCopy(statement) && seen.incrementAndGet() == copy);
    forked[0] =
        ForkedJvm.start(
            LoadProcess.class.getName(),
            Map.of(),
            directory.resolve("output"),
            List.of(manifest.toString(), "nightly/2026-11-22"));
    try (ForkedJvm process = forked[0]) {
      assertThat(process.await(Duration.ofMinutes(2))).as(process::output).isEqualTo(128 + 9);
    }
  }

  private static boolean isCopy(String statement) {
    return statement.contains("COPY (");
  }

  private int copies() {
    return (int) proxy.statements().stream().filter(LoadKillTest::isCopy).count();
  }

  private static List<String> source() {
    return shop.texts("SELECT id || ' ' || changed || ' ' || payload FROM events");
  }

  private List<String> rows() {
    return ShopDatabase.rows(directory, NAME).stream()
        .map(
            r ->
                "%s %s %s"
                    .formatted(r.getField("id"), r.getField("changed"), r.getField("payload")))
        .toList();
  }

  private boolean catalogIsEmpty() {
    try (OpenCatalog open = OpenCatalog.of(ShopDatabase.catalog(directory))) {
      return ShopDatabase.table(open, directory, NAME).currentSnapshot() == null;
    }
  }

  private List<String> committed() {
    List<String> files = new ArrayList<>();
    try (OpenCatalog open = OpenCatalog.of(ShopDatabase.catalog(directory));
        CloseableIterable<FileScanTask> tasks =
            ShopDatabase.table(open, directory, NAME).newScan().planFiles()) {
      tasks.forEach(task -> files.add(Path.of(task.file().location()).getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private List<String> dataFiles() {
    return files(".parquet");
  }

  private List<String> journal(String ending) {
    return paths().stream()
        .filter(file -> file.toString().contains("tidemark-load"))
        .map(file -> file.getFileName().toString())
        .filter(file -> file.endsWith(ending) && !file.endsWith(".crc"))
        .toList();
  }

  private List<String> files(String ending) {
    return paths().stream()
        .map(file -> file.getFileName().toString())
        .filter(file -> file.endsWith(ending))
        .toList();
  }

  private List<Path> paths() {
    try (Stream<Path> files = Files.walk(directory.resolve("warehouse"))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
