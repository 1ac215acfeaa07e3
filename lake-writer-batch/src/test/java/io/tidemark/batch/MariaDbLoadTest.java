package io.tidemark.batch;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.manifest.Manifest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.flink.configuration.MemorySize;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole tables of MariaDB, loaded by an embedded Flink into plain tables. */
class MariaDbLoadTest {

  private static final String LARGE =
      "raw.large: { load: { from: { source: shop, table: loads.large }, parity: checksums%s } }";

  @TempDir Path directory;

  private MariaDbShop shop;

  @BeforeEach
  void createDatabase() {
    shop = new MariaDbShop("loads");
  }

  @Test
  void tablesOfAllShapesArriveAsTheyAre() {
    // Given
    shop.execute(
        """
        CREATE TABLE no_key (a int, b text);
        INSERT INTO no_key SELECT seq, 'x' FROM seq_1_to_100; INSERT INTO no_key SELECT * FROM no_key;
        CREATE TABLE composite (a int, b varchar(20), c decimal(10, 2), PRIMARY KEY (b, a));
        INSERT INTO composite SELECT seq, seq % 7, seq * 1.25 FROM seq_1_to_500;
        CREATE TABLE collated (k varchar(100) COLLATE utf8mb4_uca1400_ai_ci PRIMARY KEY, pad text);
        INSERT INTO collated SELECT concat(elt(1 + seq % 3, 'ä', 'Z', 'b'), seq), repeat('x', 900) FROM seq_1_to_5000;
        CREATE TABLE empty (id int PRIMARY KEY, at timestamp NULL);
        CREATE TABLE skewed (id bigint PRIMARY KEY, pad text);
        INSERT INTO skewed SELECT IF(seq < 4000, seq, seq * 100000000000), repeat('y', 900) FROM seq_1_to_5000;
        CREATE TABLE parts (d date, v int) PARTITION BY RANGE (year(d))
          (PARTITION p0 VALUES LESS THAN (2026), PARTITION p1 VALUES LESS THAN MAXVALUE);
        INSERT INTO parts VALUES ('2025-12-31', 1), ('2026-01-01', 2);
        CREATE TABLE `Odd "Name"; -- ``x`` 한` (`select` int, `it's; DROP` int GENERATED ALWAYS AS (`select` * 2), hidden int INVISIBLE);
        INSERT INTO `Odd "Name"; -- ``x`` 한` (`select`, hidden) VALUES (1, 7);
        CREATE VIEW seen AS SELECT a, count(*) AS n FROM no_key GROUP BY a;
        CREATE TABLE scratch (a int);
        """);

    // When
    LoadReport report =
        load(
            "raw.*: { load: { from: { source: shop, table: loads.*, except: loads.scratch }, parity: checksums } }",
            "raw.seen: { load: { from: { source: shop, table: loads.seen }, parity: checksums } }");

    // Then
    assertThat(report.outcomes())
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(LoadOutcome.Loaded.class))
        .extracting(outcome -> outcome.table() + " " + ((LoadOutcome.Loaded) outcome).rows())
        .containsExactlyInAnyOrder(
            "raw.no_key 200",
            "raw.composite 500",
            "raw.collated 5000",
            "raw.empty 0",
            "raw.skewed 5000",
            "raw.parts 2",
            "raw.Odd \"Name\"; -- `x` 한 1",
            "raw.seen 100");
    assertThat(rows("raw.Odd \"Name\"; -- `x` 한").get(0).toString()).isEqualTo("Record(1, 2, 7)");
    assertThat(rows("raw.composite").get(0).struct().fields())
        .filteredOn(field -> field.isRequired())
        .extracting(field -> field.name())
        .containsExactly("a", "b");
  }

  @Test
  void columnsAreChosenRenamedComputedAndMasked() {
    shop.execute(
        """
        CREATE TABLE people (id int PRIMARY KEY, mail varchar(50) CHARACTER SET latin1, phone varchar(20), born datetime, secret text);
        INSERT INTO people VALUES (1, 'é@example.com', '0123456', '2000-02-29 12:00:00', 'no'), (2, NULL, '9', NULL, 'no'), (3, 'x', 'x', NULL, 'no')
        """);

    LoadReport report =
        load(
            "raw.people: { load: { from: { source: shop, table: loads.people }, where: \"id < 3 -- or so\", exclude: [ secret ], parity: checksums,"
                + " columns: { phone: { mask: truncate, keep: 3 }, mail: { mask: redact }, number: { from: id, type: long },"
                + " day: { expression: \"date(born)\", type: date }, shop: { constant: \"it's \\\\ kr\", type: string } } } }");

    assertThat(report.outcomes().toString()).contains("parity: 4 columns");
    assertThat(rows("raw.people"))
        .extracting(Record::toString)
        .containsExactlyInAnyOrder(
            "Record(1, ***, 012, 2000-02-29T12:00, 2000-02-29, it's \\ kr)",
            "Record(2, null, 9, null, null, it's \\ kr)");
  }

  @Test
  void loadSeesOneSnapshotWhateverChangesMeanwhile() throws Exception {
    // Given
    createLarge();
    ExecutorService hands = Executors.newSingleThreadExecutor();
    Future<?> changes = hands.submit(this::changeOn);

    // When
    LoadReport report = load(LARGE.formatted(""));

    // Then
    hands.shutdownNow();
    changes.get();
    assertThat(report.failed()).isEmpty();
    List<Record> rows = rows("raw.large");
    assertThat(rows).hasSize(20_000);
    assertThat(
            rows.stream()
                .map(row -> (BigDecimal) row.getField("amount"))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("2000000");
  }

  @Test
  void tableIsHeldOnceByEachConnection() {
    createLarge();
    shop.execute("SET GLOBAL log_output = 'TABLE', GLOBAL general_log = ON");

    LoadReport report = load(LARGE.formatted(""));

    shop.execute("SET GLOBAL general_log = OFF");
    assertThat(((LoadOutcome.Loaded) report.outcomes().get(0)).files()).isGreaterThan(2);
    assertThat(shop.texts("SELECT argument FROM mysql.general_log"))
        .filteredOn(sql -> sql.matches("SELECT 1 FROM .*large.* WHERE 1 = 0"))
        .hasSize(2);
  }

  @Test
  void connectionsReadRangesOfTheirOwnWhereThatIsAskedFor() {
    createLarge();

    LoadReport report = load(LARGE.formatted(", consistency: ranges"));

    LoadOutcome.Loaded loaded = (LoadOutcome.Loaded) report.outcomes().get(0);
    assertThat(loaded.rows()).isEqualTo(20_000);
    assertThat(loaded.files()).isGreaterThan(2);
  }

  @Test
  void otherDatabaseIsReadByItsDriverAlone() {
    shop.execute(
        """
        CREATE TABLE orders (id bigint PRIMARY KEY, customer varchar(20), total decimal(10, 2), at datetime(3), raw varbinary(4), ok boolean);
        INSERT INTO orders SELECT seq, concat('é', seq % 7), seq * 1.25, '2026-11-22' + interval seq minute, x'00ff', 1 FROM seq_1_to_3000
        """);
    Path manifest =
        shop.manifest(
            directory,
            "jdbc",
            "admin",
            2,
            "raw.orders: { load: { from: { source: shop, table: loads.orders }, where: id > 1, parity: checksums } }");

    LoadReport report = LoadRun.of(Manifest.load(manifest)).run();

    assertThat(report.failed()).isEmpty();
    assertThat(rows("raw.orders")).hasSize(2_999);
    assertThat(rows("raw.orders").get(0).toString()).contains("é").contains("2026-11-22T");
  }

  @Test
  void otherDatabaseIsReadByRangesOfNumbersWhereThatIsAskedFor() {
    // Given
    String texts =
        IntStream.range(0, 30).mapToObj(i -> ", t%d text".formatted(i)).collect(joining());
    shop.execute(
        """
        CREATE TABLE wide (id int, part decimal(5, 1)%s, PRIMARY KEY (part, id));
        INSERT INTO wide (id, part) SELECT seq, seq %% 3 - 1.5 FROM seq_1_to_20000; ANALYZE TABLE wide
        """
            .formatted(texts));
    String entry = "raw.%s: { load: { from: { source: shop, table: loads.wide }%s } }";

    // When
    LoadReport report =
        run(
            shop.manifest(
                directory,
                "jdbc",
                "admin",
                2,
                entry.formatted("one", ""),
                entry.formatted("apart", ", consistency: ranges")));

    // Then
    assertThat(report.outcomes())
        .map(LoadOutcome.Loaded.class::cast)
        .extracting(loaded -> loaded.table() + " " + loaded.rows() + " " + loaded.files())
        .as("a file for each connection: without a proof nobody takes up less than all")
        .containsExactlyInAnyOrder("raw.one 20000 1", "raw.apart 20000 2");
    assertThat(rows("raw.apart")).extracting(row -> row.getField("id")).doesNotHaveDuplicates();
  }

  private void createLarge() {
    shop.execute(
        """
        CREATE TABLE large (id int PRIMARY KEY, amount decimal(10, 2), pad varchar(400));
        INSERT INTO large SELECT seq, 100, repeat('x', 400) FROM seq_1_to_20000;
        ANALYZE TABLE large
        """);
  }

  /** Moves amounts about; takes rows away and brings others in their place. */
  private Void changeOn() throws Exception {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 1; !Thread.currentThread().isInterrupted() && i < 9_000; i++) {
        statement.executeUpdate("UPDATE large SET amount = amount - 1 WHERE id = " + i);
        statement.executeUpdate("UPDATE large SET amount = amount + 1 WHERE id = " + (20_001 - i));
        statement.executeUpdate(
            "UPDATE large SET id = id + 100000 WHERE id = " + (9_000 + i % 999));
        connection.commit();
      }
    }
    return null;
  }

  private LoadReport load(String... tables) {
    return run(shop.manifest(directory, 3, tables));
  }

  private static LoadReport run(Path manifest) {
    return LoadRun.of(Manifest.load(manifest)).splitSize(MemorySize.ofMebiBytes(2)).run();
  }

  private List<Record> rows(String name) {
    return ShopDatabase.rows(directory, name);
  }
}
