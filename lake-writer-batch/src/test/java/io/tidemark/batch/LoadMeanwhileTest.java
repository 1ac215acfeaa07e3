package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.fixtures.Fault;
import io.tidemark.fixtures.FlakyPostgresProxy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain tables that somebody else changes while a load of them is under way. */
class LoadMeanwhileTest {

  private static final String T = "raw.t: { load: { from: { source: shop, table: public.t } } }";
  private static final String U = "raw.u: { load: { from: { source: shop, table: public.u } } }";

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
  void createTables() {
    shop.clear();
    shop.execute(
        """
        CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 2);
        CREATE TABLE u (a int, b int); INSERT INTO u VALUES (1, 2)
        """);
  }

  @Test
  void columnsThatMoveBeforeTheyAreReadKeepTheirValues() {
    load("run-1", T);

    LoadReport report =
        loadWhile(secondConnection(), table -> table.updateSchema().moveFirst("b").commit(), T);

    assertThat(Shop.rows(directory, "raw.t"))
        .extracting(row -> row.getField("a"), row -> row.getField("b"))
        .containsExactly(tuple(1, 2));
    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.toString()).contains("its columns changed since the load was planned");
  }

  @Test
  void tableOfAConditionThatWasTruncatedMeanwhileIsNotTakenForAnEmptyOne() {
    String some = T.replace("} } }", "}, where: \"a IN (SELECT u.a FROM u)\" } }");
    load("run-1", T);

    LoadReport report =
        loadWhile(
            statement -> reads(statement, "t"),
            table -> shop.execute("TRUNCATE u; INSERT INTO u VALUES (1, 2)"),
            some);

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(Shop.rows(directory, "raw.t")).hasSize(1);
  }

  @Test
  void tableThatIsAnotherOneNowIsNotCommittedTo() {
    load("run-1", T);

    LoadReport report = loadWhile(statement -> reads(statement, "t"), table -> createAgain(), T);

    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(Shop.rows(directory, "raw.t")).isEmpty();
  }

  @Test
  void tableThatIsUnifiedNowDoesNotHoldUpTheOthers() {
    load("run-1", T, U);

    LoadReport report =
        loadWhile(
            statement -> reads(statement, "t"),
            table -> table.updateProperties().set("tidemark.contract", "{}").commit(),
            T,
            U);

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.failed()).extracting(LoadOutcome.Failed::table).containsExactly("raw.t");
    assertThat(files().there()).hasSize(1);
  }

  @Test
  void tableThatIsGoneLeavesNoFilesBehind() {
    load("run-1", T);
    List<String> before = files().there();

    LoadReport report = loadWhile(statement -> reads(statement, "t"), table -> drop(), T);

    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.toString()).contains("it was dropped since the load was planned");
    assertThat(files().there()).isEqualTo(before);
  }

  private void drop() {
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      open.catalog().dropTable(TableIdentifier.of("raw", "t"), false);
    }
  }

  /** Creates the table again, with its columns the other way round. */
  private void createAgain() {
    TableIdentifier name = TableIdentifier.of("raw", "t");
    try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
      open.catalog().dropTable(name, false);
      open.catalog()
          .createTable(
              name,
              new Schema(
                  Types.NestedField.optional(1, "b", Types.IntegerType.get()),
                  Types.NestedField.optional(2, "a", Types.IntegerType.get())));
    }
  }

  /** The first connection is there to plan, the second one to read. */
  private static Predicate<String> secondConnection() {
    return LoadKiller.nthOf(2, statement -> statement.contains("SET application_name"));
  }

  private TableFiles files() {
    return TableFiles.of(directory.resolve("warehouse"), "raw", "t");
  }

  private static boolean reads(String statement, String table) {
    return shop.reads(statement, table);
  }

  private LoadReport loadWhile(Predicate<String> at, Consumer<Table> change, String... tables) {
    try (FlakyPostgresProxy proxy = shop.startProxy()) {
      Runnable act =
          () -> {
            try (OpenCatalog open = OpenCatalog.of(Shop.catalog(directory))) {
              change.accept(Shop.table(open, directory, "raw.t"));
            }
          };
      proxy.fail(Fault.none().runBefore(act), at);
      Path manifest = shop.manifest(directory, shop.url(proxy), 2, tables);
      return LoadRun.of(Manifest.load(manifest)).runId("run-2").run();
    }
  }

  private LoadReport load(String runId, String... tables) {
    Path manifest = shop.manifest(directory, 4, tables);
    return LoadRun.of(Manifest.load(manifest)).runId(runId).run();
  }
}
