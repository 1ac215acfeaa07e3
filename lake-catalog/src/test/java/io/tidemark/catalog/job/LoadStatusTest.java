package io.tidemark.catalog.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.PlainTable.OnDrift;
import io.tidemark.catalog.commit.CursorRange;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadPosition;
import io.tidemark.catalog.commit.LoadTerms;
import io.tidemark.catalog.ledger.PastRun;
import io.tidemark.catalog.ledger.PastRun.Outcome;
import io.tidemark.catalog.ledger.RunHistory;
import io.tidemark.catalog.manifest.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code status} says of plain tables. */
class LoadStatusTest {

  private static final Schema SCHEMA =
      new Schema(Types.NestedField.optional(1, "id", Types.IntegerType.get()));

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  @BeforeEach
  void writeManifest() throws IOException {
    file =
        Files.writeString(
            dir.resolve("lake.yaml"),
            """
            catalog: { type: jdbc, uri: "jdbc:sqlite:%1$s/catalog.db", warehouse: "%1$s/warehouse" }
            sources:
              shop: { type: postgresql, url: "jdbc:postgresql://localhost:1/shop", user: u, password: "${file:/none}" }
            tables:
              raw.orders: { load: { from: { source: shop, table: public.orders } } }
              raw.customers: { load: { from: { source: shop, table: public.customers } } }
              "{schema}_raw.*": { load: { from: { source: shop, table: "*.*" } } }
            """
                .formatted(dir));
  }

  @Test
  void newestLoadOfEachTableIsTold() {
    load("raw.orders", "run-1", 10);
    load("raw.orders", "run-2", 12_345);
    createTable("raw.customers");
    load("eu_raw.items", "run-3", 7);
    createTable("eu_raw.handmade");

    assertThat(status()).isZero();

    assertThat(out.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "raw\\.orders   loaded at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC   12,345 rows of shop public\\.orders \\(full\\)   run run-2   snapshot \\d+"),
            line -> assertThat(line).isEqualTo("raw.customers   never loaded"),
            line ->
                assertThat(line).startsWith("eu_raw.items   loaded at ").contains(" 7 rows of "));
  }

  @Test
  void runsThatFailedAreToldUntilOneLands() {
    load("raw.orders", "run-1", 10);
    failed("raw.orders", "run-2", "Cannot load raw.orders: its files differ");
    failed("raw.customers", "run-2", "Cannot load raw.customers: there is no such table");
    createTable("eu_raw.items");
    failed("eu_raw.items", "run-2", "Cannot load eu_raw.items: no privilege");

    assertThat(status()).isZero();

    load("raw.orders", "run-3", 12);
    assertThat(status("raw.orders")).isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "raw\\.orders   failed at .* UTC   run run-2   Cannot load raw\\.orders: its files differ   before: loaded at .* UTC   10 rows .*"),
            line ->
                assertThat(line)
                    .endsWith(
                        "there is no such table   before: missing: no load has created it yet"),
            line ->
                assertThat(line).startsWith("eu_raw.items   failed at ").endsWith("no privilege"),
            line ->
                assertThat(line).startsWith("raw.orders   loaded at ").contains(" 12 rows of "));
  }

  @Test
  void historyOfSomebodyElseDoesNotHideWhatLanded() {
    load("raw.orders", "run-1", 10);
    load("eu_raw.items", "run-1", 5);
    createTable("raw.tidemark_runs");
    createTable("eu_raw.tidemark_runs");

    assertThat(status()).isZero();

    assertThat(out.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("raw.orders   loaded at ")
                    .endsWith(
                        "   failures unknown: Cannot read the run history lake.raw.tidemark_runs: it is another table, without column table_name. Rename it, and runs are recorded again"),
            line ->
                assertThat(line)
                    .startsWith("raw.customers   missing: ")
                    .contains("   failures unknown: "),
            line ->
                assertThat(line)
                    .startsWith("eu_raw.items   loaded at ")
                    .contains("   failures unknown: "));
  }

  private void failed(String table, String runId, String message) {
    try (OpenCatalog open = open()) {
      Instant now = Instant.now();
      String namespace = table.substring(0, table.lastIndexOf('.'));
      RunHistory.of(open.catalog(), Namespace.of(namespace.split("\\.")))
          .record(
              List.of(
                  new PastRun(
                      table, runId, null, "full", now, now, Outcome.FAILED, 0, 0, null, message)));
    }
  }

  @Test
  void incrementalLoadsTellHowFarTheyHaveCome() {
    try (OpenCatalog open = open()) {
      PlainTable table = create(open, "raw.orders");
      LoadTerms terms =
          new LoadTerms(
              Load.Mode.APPEND, "shop public.orders", null, "created_at", List.of(), List.of());
      List<CursorRange> ranges =
          List.of(
              new CursorRange(null, "2026-11-20T00:00:00Z"),
              new CursorRange("2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"));
      table.commit(
          new Load(
              "run-1",
              Load.Mode.APPEND,
              List.of(),
              "shop public.orders",
              null,
              new Load.Advance(null, new LoadPosition(terms, ranges, null)),
              null));
    }

    assertThat(status("raw.orders")).isZero();

    assertThat(out.toString())
        .contains("0 rows of shop public.orders (append)")
        .contains("   complete to created_at 2026-11-22T00:00:00Z but for gaps: 1");
  }

  @Test
  void tablesThatAreNotThereAreMissing() {
    assertThat(status()).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "raw.orders   missing: no load has created it yet",
            "raw.customers   missing: no load has created it yet",
            "{schema}_raw.*   missing: no load has created a table yet");
  }

  @Test
  void tableThatCannotBeReadDoesNotHideTheOthers() throws IOException {
    load("raw.orders", "run-1", 10);
    load("raw.customers", "run-1", 7);
    load("eu_raw.items", "run-1", 5);
    loseMetadata("raw/orders");
    loseMetadata("eu_raw/items");

    assertThat(status()).isZero();

    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("raw.orders   cannot be read: "),
            line -> assertThat(line).startsWith("raw.customers   loaded at "),
            line -> assertThat(line).startsWith("eu_raw.items   cannot be read: "));
  }

  private void loseMetadata(String table) throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve("warehouse/" + table + "/metadata"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void wildcardsReachIntoNestedNamespaces() throws IOException {
    Files.writeString(
        file, Files.readString(file).replace("\"{schema}_raw.*\"", "\"raw.{schema}.*\""));
    load("raw.eu.items", "run-1", 7);
    failed("raw.us.items", "run-1", "no privilege");

    assertThat(status()).isZero();

    assertThat(out.toString().lines())
        .anySatisfy(line -> assertThat(line).startsWith("raw.eu.items   loaded at "))
        .anySatisfy(line -> assertThat(line).startsWith("raw.us.items   failed at "));
  }

  @Test
  void wildcardWhoseDatabaseCouldNotBeAskedFailed() throws IOException {
    Files.writeString(
        file,
        Files.readString(file)
            .replace("\"{schema}_raw.*\"", "\"raw.*\"")
            .replace("\"*.*\"", "\"public.*\""));
    load("raw.items", "run-1", 7);
    failed("raw.*", "run-2", "Cannot reach source shop");
    failed("raw.orders", "run-2", "of no matter to the wildcard");

    assertThat(status("raw.*")).isZero();
    failed("raw.items", "run-3", "no privilege");
    assertThat(status("raw.*")).isZero();

    assertThat(out.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("raw.*   failed at ")
                    .endsWith("Cannot reach source shop"),
            line -> assertThat(line).startsWith("raw.items   loaded at "),
            line -> assertThat(line).startsWith("raw.items   failed at "));
  }

  @Test
  void lostHistoryDoesNotHideWhatLanded() throws IOException {
    load("raw.orders", "run-1", 10);
    failed("raw.customers", "run-1", "no privilege");
    load("eu_raw.items", "run-1", 5);
    failed("eu_raw.users", "run-1", "no privilege");
    loseMetadata("raw/tidemark_runs");
    loseMetadata("eu_raw/tidemark_runs");

    assertThat(status()).isZero();

    assertThat(out.toString().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("   failures unknown: "))
        .anySatisfy(line -> assertThat(line).startsWith("raw.orders   loaded at "))
        .anySatisfy(line -> assertThat(line).startsWith("eu_raw.items   loaded at "));
  }

  @Test
  void tablesAreChosenByName() {
    load("eu_raw.items", "run-3", 7);

    assertThat(status("eu_raw.items")).isZero();
    assertThat(status("eu.items")).isEqualTo(2);

    assertThat(err.toString())
        .contains(
            "Cannot find table eu.items in the manifest: it has [raw.orders, raw.customers, {schema}_raw.*]");
    assertThat(out.toString().lines())
        .singleElement()
        .asString()
        .startsWith("eu_raw.items   loaded at ");
  }

  private int status(String... tables) {
    CommandLine line = JobMain.commandLine(new StatusCommand());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(
        Stream.concat(Stream.of("-m", file.toString()), Stream.of(tables)).toArray(String[]::new));
  }

  private void createTable(String name) {
    try (OpenCatalog open = open()) {
      create(open, name);
    }
  }

  private void load(String name, String runId, long rows) {
    try (OpenCatalog open = open()) {
      PlainTable table = create(open, name);
      table.commit(
          new Load(
              runId,
              Load.Mode.FULL,
              List.of(
                  DataFiles.builder(PartitionSpec.unpartitioned())
                      .withPath(table.table().location() + "/" + runId + ".parquet")
                      .withFileSizeInBytes(100)
                      .withRecordCount(rows)
                      .build()),
              "shop public.orders"));
    }
  }

  private OpenCatalog open() {
    return OpenCatalog.of(Manifest.load(file).catalog());
  }

  private PlainTable create(OpenCatalog open, String name) {
    return PlainTable.createOrEvolve(
        open.catalog(),
        Manifest.load(file).loader(name).identifier(),
        SCHEMA,
        PartitionSpec.unpartitioned(),
        OnDrift.FAIL);
  }
}
