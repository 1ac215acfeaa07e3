package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changed in MariaDB, by columns whose values and literals are its own. */
class MariaDbChangesTest {

  @TempDir Path directory;

  private final MariaDbShop shop = new MariaDbShop("changes");

  @ParameterizedTest
  @ValueSource(strings = {"timestamp(6)", "datetime(3)"})
  void changedRowsAreUpserted(String type) {
    shop.execute(
        """
        CREATE TABLE orders (`the id` bigint PRIMARY KEY, total int, `at "x"` %s);
        INSERT INTO orders SELECT seq, seq, now(6) - interval seq hour FROM seq_1_to_100;
        """
            .formatted(type));
    String orders =
        "raw.orders: { load: { from: { source: shop, table: changes.orders }, mode: upsert, cursor: { column: 'at \"x\"', lag: 10m } } }";
    load("run-1", orders);
    shop.execute(
        """
        UPDATE orders SET total = -total, `at "x"` = now(6) WHERE `the id` <= 10;
        INSERT INTO orders VALUES (101, 101, now(6)), (102, 102, NULL)
        """);

    LoadReport report = load("run-2", orders);

    assertThat(report.outcomes().get(0).toString())
        .startsWith("raw.orders loaded: 12 rows (10 replaced, 2 new) in ");
    assertThat(lake("the id", "total"))
        .containsExactlyInAnyOrderElementsOf(
            shop.texts("SELECT concat(`the id`, ' ', total) FROM orders"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          enum('a', 'b') | enum('a', 'b', 'c') | 0
          varchar(5)     | varchar(9)          | 0
          binary(2)      | binary(3)           | 3
          """)
  void keyWhoseTextsWouldBeOthersIsRefused(String type, String later, int exitCode) {
    shop.execute(
        """
        CREATE TABLE marks (k %s PRIMARY KEY, v int, at timestamp(6) DEFAULT now(6));
        INSERT INTO marks (k, v) VALUES ('a', 1), ('b', 2)
        """
            .formatted(type));
    String marks =
        "raw.marks: { load: { from: { source: shop, table: changes.marks }, mode: upsert, cursor: { column: at, lag: 10m } } }";
    load("run-1", marks);
    shop.execute("ALTER TABLE marks MODIFY k %s; UPDATE marks SET v = 0".formatted(later));

    LoadReport report = load("run-2", marks);

    assertThat(report.exitCode()).as(report.toString()).isEqualTo(exitCode);
    assertThat(Shop.rows(directory, "raw.marks")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bigint", "bigint unsigned"})
  void rangesOfAnIdAreAppended(String type) {
    shop.execute(
        """
        CREATE TABLE events (id %s PRIMARY KEY, v int);
        INSERT INTO events SELECT 9007199254740992 + seq, seq FROM seq_1_to_100;
        """
            .formatted(type));
    String events =
        "raw.events: { load: { from: { source: shop, table: changes.events }, mode: append, cursor: { column: id, lag: 10 } } }";
    load("run-1", events);
    shop.execute("INSERT INTO events SELECT 9007199254740992 + seq, seq FROM seq_101_to_120");

    LoadReport report = load("run-2", events);

    assertThat(report.outcomes().get(0).toString())
        .startsWith("raw.events loaded: 20 rows added in ");
    assertThat(lake("id", "v"))
        .containsExactlyInAnyOrderElementsOf(
            shop.texts("SELECT concat(id, ' ', v) FROM events WHERE v <= 110"));
  }

  @Test
  void urlMayBeThatOfMySql() {
    shop.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (1)");
    Path manifest =
        shop.manifest(
            directory,
            shop.url().replace("jdbc:mariadb:", "jdbc:mysql:"),
            1,
            "raw.t: { load: { from: { source: shop, table: changes.t } } }");

    LoadReport report = LoadRun.of(Manifest.load(manifest)).run();

    assertThat(report.exitCode()).as(report.toString()).isZero();
  }

  private LoadReport load(String runId, String table) {
    return LoadRun.of(Manifest.load(shop.manifest(directory, 2, table))).runId(runId).run();
  }

  private List<String> lake(String one, String other) {
    String name = one.equals("id") ? "raw.events" : "raw.orders";
    return ShopDatabase.rows(directory, name).stream()
        .map(row -> row.getField(one) + " " + row.getField(other))
        .toList();
  }
}
