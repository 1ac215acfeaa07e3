package io.tidemark.batch.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.ShopDatabase;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.manifest.Manifest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are taken over only where the same would be asked for, and rows alone make them. */
class FingerprintTest {

  private static ShopDatabase shop;

  @TempDir Path directory;

  private int loads;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shop = ShopDatabase.start(directory);
    shop.execute(
        """
        CREATE TYPE mood AS ENUM ('ok'); CREATE TYPE pair AS (a int, b int);
        CREATE TABLE orders (id int PRIMARY KEY, name text, total numeric(10, 2), mood mood);
        CREATE TABLE pairs (pair pair); CREATE TABLE tables (name regclass[])
        """);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void whateverIsAskedForMakesADifference() {
    Table table = table(load("orders", ""));

    assertThat(
            Stream.of(
                    "",
                    "exclude: [ name ]",
                    "columns: { other: { from: name } }",
                    "columns: { total: { type: \"decimal(20,2)\" } }",
                    "columns: { name: { mask: redact } }",
                    "columns: { name: { mask: truncate, keep: 2 } }",
                    "columns: { name: { mask: truncate, keep: 3 } }",
                    "columns: { shop: { constant: kr, type: string } }",
                    "parity: checksums",
                    "on-unmappable: \"null\"")
                .map(options -> Fingerprint.of(load("orders", options), table)))
        .doesNotHaveDuplicates();
    assertThat(Fingerprint.of(load("orders", ""), table))
        .isEqualTo(Fingerprint.of(load("orders", ""), table));
  }

  @Test
  void whatIsNotMadeOfRowsAloneIsReadAgain() {
    assertThat(isLasting("orders", "")).isTrue();
    assertThat(isLasting("orders", "columns: { name: { mask: truncate, keep: 2 } }")).isTrue();
    assertThat(isLasting("orders", "where: id < 7")).isFalse();
    assertThat(isLasting("orders", "columns: { d: { expression: now(), type: date } }")).isFalse();
    assertThat(isLasting("orders", "columns: { name: { mask: hash, key: \"${env:HOME}\" } }"))
        .isFalse();
    assertThat(isLasting("pairs", "")).isFalse();
    assertThat(isLasting("tables", "")).isFalse();
  }

  private boolean isLasting(String name, String options) {
    TableLoad load = load(name, options);
    return Fingerprint.isLasting(load, table(load));
  }

  private static Table table(TableLoad load) {
    try (OpenCatalog open = OpenCatalog.of(load.loader().catalog())) {
      return open.catalog().loadTable(load.loader().identifier());
    }
  }

  private TableLoad load(String name, String options) {
    String entry =
        "raw.t: { load: { from: { source: shop, table: public.%s }%s } }"
            .formatted(name, options.isEmpty() ? "" : ", " + options);
    Manifest manifest = Manifest.load(shop.manifest(directory.resolve("lake" + loads++), 2, entry));
    try (OpenCatalog open = OpenCatalog.of(manifest.catalog());
        SourceSessions sessions = new SourceSessions()) {
      LoadPreparation preparation =
          new LoadPreparation(open.catalog(), sessions, "run", new LoadExtent.Next(), 1L << 28);
      preparation.prepare(manifest.load("raw.t"), manifest.loader("raw.t"));
      assertThat(preparation.outcomes()).isEmpty();
      return preparation.loads().get(0);
    }
  }
}
