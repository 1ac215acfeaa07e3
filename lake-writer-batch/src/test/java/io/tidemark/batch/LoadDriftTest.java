package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.manifest.Manifest;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of PostgreSQL whose columns change between loads. */
class LoadDriftTest {

  private static ShopDatabase shop;

  @TempDir Path directory;

  @BeforeAll
  static void start(@TempDir Path directory) {
    shop = ShopDatabase.start(directory);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @BeforeEach
  void dropTables() {
    shop.clear();
  }

  @Test
  void newAndWiderColumnsAreTakenOver() {
    shop.execute("CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 2)");
    String entry = "raw.t: { load: { from: { source: shop, table: public.t } } }";
    load("run-1", entry);
    shop.execute(
        "ALTER TABLE t ALTER a TYPE bigint, ADD c text; INSERT INTO t VALUES (5000000000, 3, 'x')");

    load("run-2", entry);

    assertThat(Shop.rows(directory, "raw.t"))
        .extracting(row -> row.getField("a"), row -> row.getField("c"))
        .containsExactlyInAnyOrder(tuple(1L, null), tuple(5_000_000_000L, "x"));
  }

  @Test
  void moneyGoesWhereItFits() {
    shop.execute("CREATE TABLE t (a numeric(20, 2)); INSERT INTO t VALUES (12.34)");
    String entry = "raw.t: { load: { from: { source: shop, table: public.t } } }";
    load("run-1", entry);
    shop.execute("ALTER TABLE t ALTER a TYPE money USING a::money");

    load("run-2", entry);

    assertThat(Shop.rows(directory, "raw.t"))
        .extracting(row -> row.getField("a"))
        .containsExactly(new BigDecimal("12.34"));
  }

  @Test
  void lostAndOtherColumnsAreRefusedOrNull() {
    shop.execute("CREATE TABLE t (a int, b int, c int); INSERT INTO t VALUES (1, 2, 3)");
    String entry = "raw.t: { load: { from: { source: shop, table: public.t }%s } }";
    load("run-1", entry.formatted(""));
    shop.execute("ALTER TABLE t DROP b, ALTER c TYPE text");

    LoadReport refused = load("run-2", entry.formatted(""));
    LoadReport nulls = load("run-3", entry.formatted(", on-drift: \"null\""));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.failed().get(0).reason())
        .contains("the source lacks column b")
        .contains("column c is string in the source but int in the table");
    assertThat(nulls.exitCode()).isZero();
    assertThat(Shop.rows(directory, "raw.t"))
        .extracting(row -> row.getField("a"), row -> row.getField("b"), row -> row.getField("c"))
        .containsExactly(tuple(1, null, null));
  }

  @Test
  void driftIsIgnoredByATableThatStaysAsItIs() {
    shop.execute(
        "CREATE TABLE t (id int PRIMARY KEY, a int, b int, c int); INSERT INTO t VALUES (1, 2, 3, 4)");
    String entry = "raw.t: { load: { from: { source: shop, table: public.t }, on-drift: ignore } }";
    load("run-1", entry);
    shop.execute(
        "ALTER TABLE t DROP a, ALTER b TYPE bigint, ALTER c TYPE smallint, ADD d text DEFAULT 'new'");

    LoadReport ignored = load("run-2", entry);
    shop.execute("ALTER TABLE t DROP id");
    LoadReport refused = load("run-3", entry);

    assertThat(ignored.exitCode()).as(ignored.toString()).isZero();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.failed().get(0).reason())
        .contains("id must not be null in the table, and could be: the source lacks column id");
    assertThat(Shop.rows(directory, "raw.t"))
        .extracting(Record::toString)
        .containsExactly("Record(1, null, null, 4)");
  }

  @Test
  void lostColumnOfAPartitionIsNullToo() {
    shop.execute(
        "CREATE TABLE t (id int, region text, at date); INSERT INTO t VALUES (1, 'eu', '2026-11-01')");
    String entry =
        "raw.t: { load: { from: { source: shop, table: public.t }, partition: [ \"bucket(4, region)\", day(at) ]%s } }";
    load("run-1", entry.formatted(""));
    shop.execute("ALTER TABLE t DROP region, ALTER at TYPE text");

    LoadReport refused = load("run-2", entry.formatted(""));
    LoadReport nulls = load("run-3", entry.formatted(", on-drift: \"null\""));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.failed().get(0).reason()).contains("the source lacks column region");
    assertThat(nulls.exitCode()).as(nulls.toString()).isZero();
    assertThat(Shop.rows(directory, "raw.t"))
        .extracting(Record::toString)
        .containsExactly("Record(1, null, null)");
  }

  @Test
  void keyThatGrowsIdentifiesNoMore() {
    shop.execute(
        "CREATE TABLE t (id int, region int, PRIMARY KEY (id)); INSERT INTO t VALUES (1, 1)");
    String entry = "raw.t: { load: { from: { source: shop, table: public.t }%s } }";
    load("run-1", entry.formatted(""));
    shop.execute(
        "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (id, region); INSERT INTO t VALUES (1, 2)");

    LoadReport refused = load("run-2", entry.formatted(", on-drift: ignore"));
    LoadReport loaded = load("run-3", entry.formatted(""));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.failed().get(0).reason())
        .contains("id told the rows of the table apart, and those of the source by id, region");
    assertThat(loaded.exitCode()).as(loaded.toString()).isZero();
    try (OpenCatalog open = OpenCatalog.of(ShopDatabase.catalog(directory))) {
      assertThat(Shop.table(open, directory, "raw.t").schema().identifierFieldNames()).isEmpty();
    }
  }

  @Test
  void keyAndListThatChangeAreRefusedOrNull() {
    shop.execute(
        "CREATE TABLE t (id int PRIMARY KEY, l int[]); INSERT INTO t VALUES (1, ARRAY[1])");
    String entry = "raw.t: { load: { from: { source: shop, table: public.t }%s } }";
    load("run-1", entry.formatted(""));
    shop.execute("ALTER TABLE t DROP id, ALTER l TYPE bigint[]");

    LoadReport refused = load("run-2", entry.formatted(""));
    LoadReport nulls = load("run-3", entry.formatted(", on-drift: \"null\""));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(nulls.exitCode()).as(nulls.toString()).isZero();
    assertThat(Shop.rows(directory, "raw.t"))
        .extracting(row -> row.getField("id"), row -> row.getField("l"))
        .containsExactly(tuple(null, null));
  }

  private LoadReport load(String runId, String... tables) {
    Path manifest = shop.manifest(directory, 4, tables);
    return LoadRun.of(Manifest.load(manifest)).runId(runId).run();
  }
}
