package io.tidemark.batch.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.batch.LoadRun;
import io.tidemark.batch.ShopDatabase;
import io.tidemark.batch.internal.Databases;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.relocated.com.google.common.collect.Streams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of one state of a table against the database in another. */
class SplitParityTest {

  private static ShopDatabase shop;

  @TempDir Path directory;

  private Manifest manifest;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shop = ShopDatabase.start(directory);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @BeforeEach
  void load() {
    shop.execute(
        """
        DROP TABLE IF EXISTS orders;
        CREATE TABLE orders AS SELECT i AS id, CAST(i * 1.25 AS numeric(9, 2)) AS total
        FROM generate_series(1, 1000) i
        """);
    manifest =
        Manifest.load(
            shop.manifest(
                directory,
                2,
                "raw.orders: { load: { from: { source: shop, table: public.orders }, parity: checksums } }"));
    LoadRun.of(manifest).run();
  }

  @Test
  void filesOfWhatTheDatabaseHoldsPassAndStay() {
    assertThat(check()).isEmpty();
    assertThat(files()).isNotEmpty().allMatch(Files::exists);
  }

  @Test
  void oneValueThatDiffersIsFoundAndTheFilesGo() {
    shop.execute("UPDATE orders SET total = total + 0.01 WHERE id = 42");

    assertThatThrownBy(this::check)
        .isInstanceOf(ParityException.class)
        .hasMessageContaining(
            "differ from shop public.orders in column total (1,000 values, sum 625625 against 1,000 values, sum 625625.01 in the database)");
    assertThat(files()).noneMatch(Files::exists);
  }

  @Test
  void rowsThatAreMissingAreFound() {
    shop.execute("INSERT INTO orders VALUES (1001, 1)");

    assertThatThrownBy(this::check)
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("1,000 rows against 1,001 in the database");
  }

  @Test
  void aRowThatTheDatabaseSentAndNoFileHasIsFoundAndTheFilesGo() {
    assertThatThrownBy(() -> check(1_001))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("1,000 rows against 1,001 in the database");
    assertThat(files()).noneMatch(Files::exists);
  }

  @Test
  void aFileThatCannotBeReadDoesNotPass() throws IOException {
    Path file = files().get(0);
    Files.write(file, new byte[(int) Files.size(file)]);

    assertThatThrownBy(this::check).isInstanceOf(RuntimeException.class);
    assertThat(file).doesNotExist();
  }

  private Set<String> check() {
    return check(1_000);
  }

  private Set<String> check(long sent) {
    try (OpenCatalog open = OpenCatalog.of(manifest.catalog());
        SourceSessions sessions = new SourceSessions()) {
      LoadPreparation preparation =
          new LoadPreparation(
              open.catalog(), sessions, "another run", new LoadExtent.Next(), 1L << 28);
      preparation.prepare(manifest.load("raw.orders"), manifest.loader("raw.orders"));
      TableLoad load = preparation.loads().get(0);
      Table table = ShopDatabase.table(open, directory, "raw.orders");
      try (SourceSession session = Databases.openForLoad(load.source())) {
        List<SourceRange> ranges = session.cut(load.relation(), List.of(), 8_192, 1);
        return new SplitParity(load, table, session, ranges)
            .check(dataFiles(table), sent, Map.of());
      }
    }
  }

  private List<Path> files() {
    try (OpenCatalog open = OpenCatalog.of(manifest.catalog())) {
      return dataFiles(ShopDatabase.table(open, directory, "raw.orders")).stream()
          .map(file -> Path.of(file.location().replaceFirst("^file:", "")))
          .toList();
    }
  }

  private static List<DataFile> dataFiles(Table table) {
    return Streams.stream(table.currentSnapshot().addedDataFiles(table.io()))
        .map(DataFile::copy)
        .toList();
  }
}
