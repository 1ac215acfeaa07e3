package io.tidemark.batch.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of keys of all shapes hold every row once. */
class KeyRangeTest {

  private static final int ROWS = 2_000;

  private static MariaDbDatabase database;

  @BeforeAll
  static void start(@TempDir Path directory) {
    database = new MariaDbDatabase("ranges", directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k bigint PRIMARY KEY | n * 3 - 5000",
        "k bigint PRIMARY KEY | n - 5000",
        "k bigint unsigned PRIMARY KEY | 18446744073709551615 - n - n DIV 2",
        "k bigint unsigned PRIMARY KEY | 18446744073709551615 - n * 1000000007",
        "k int PRIMARY KEY | IF(n > 1900, n * 1000000, n)",
        "k varchar(40) COLLATE utf8mb4_uca1400_ai_ci PRIMARY KEY | concat(elt(1 + n % 6, 'ä', 'z', 'A ', '🎉', '''; --', '\\\\'), n)",
        "k varchar(20) CHARACTER SET latin1 COLLATE latin1_german2_ci PRIMARY KEY | concat(elt(1 + n % 3, 'Ö', 'oe', 'ß'), n)",
        "k char(10) COLLATE utf8mb4_bin PRIMARY KEY | n",
        "k varbinary(20) PRIMARY KEY | unhex(sha1(n))",
        "k binary(4) PRIMARY KEY | unhex(lpad(hex(n * 999), 8, '0'))",
        "k decimal(40,3) PRIMARY KEY | n * 1e30 + 0.001 * n",
        "k datetime(6) PRIMARY KEY | '2026-01-01' - interval n * 100000001 microsecond",
        "k timestamp(3) PRIMARY KEY | '2026-03-29' + interval n minute",
        "k date PRIMARY KEY | '1900-01-01' + interval n day",
        "k time(2) PRIMARY KEY | sec_to_time(n * 40)",
        "k int NOT NULL, j int NOT NULL, PRIMARY KEY (k, j) | n % 3, n",
        "j varchar(10), k int NOT NULL, l date NOT NULL, UNIQUE KEY `a;\"``b` (k, j, l), UNIQUE KEY u (l, k) | 'x', n DIV 7, '2026-01-01' + interval n % 7 day",
        "k int NOT NULL, j int NOT NULL, PRIMARY KEY (k, j) | n * 2 - 3000, -n",
        "k int NOT NULL, j int NOT NULL, PRIMARY KEY (k, j) | IF(n > 500, 300, n), n",
        "k int NOT NULL, PRIMARY KEY (k DESC) | n",
        "k int NOT NULL, j int NOT NULL, UNIQUE KEY b (j), UNIQUE KEY a (k) IGNORED | n * 5, -n * 7",
        "k int PRIMARY KEY | n | PARTITION BY HASH (k) PARTITIONS 5"
      })
  void everyRowIsInOneRange(String shape) {
    // Given
    create("shape", shape.split(" \\| "));
    try (JdbcSession session = database.open()) {
      JdbcTable table = sized(session.hold(database.table("shape")));
      SourceQuery query = MariaDbDatabase.query(table, OnUnmappable.FAIL);
      ReadRows all = new ReadRows(query).read(session, KeyRange.whole(table));

      // When
      List<SourceRange> ranges = session.cut(table, List.of(), 8 << 20, 1);

      // Then
      ReadRows some = new ReadRows(query);
      ranges.forEach(range -> some.read(session, range));
      assertThat(ranges).hasSizeBetween(4, 12);
      assertThat(some.rows()).isEqualTo(ROWS);
      assertThat(some.checksum()).isEqualTo(all.checksum());
      assertThat(ranges)
          .allSatisfy(
              range ->
                  assertThat(session.count(query, range)).isLessThan(ROWS / ranges.size() * 2L));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k int, v int | n, n",
        "k enum('b', 'a') NOT NULL, v int NOT NULL, PRIMARY KEY (k, v) | 1 + n % 2, n",
        "k varchar(100) NOT NULL, v int, UNIQUE KEY (k(10)) | concat(n, 'x'), n",
        "k int NOT NULL, v int NOT NULL, PRIMARY KEY (k, v DESC) | n % 5, n",
        "k varchar(20) CHARACTER SET cp932 COLLATE cp932_bin PRIMARY KEY | concat(convert(unhex(elt(1 + n % 4, '8754', 'FA4A', '87E6', 'FA58')) USING cp932), n)"
      })
  void tableWithoutAKeyToGoByIsReadAsOne(String shape) {
    create("shape", shape.split(" \\| "));
    try (JdbcSession session = database.open()) {
      JdbcTable table = sized(session.hold(database.table("shape")));

      assertThat(session.cut(table, List.of(), 8 << 20, 1)).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "n DIV 2, 1, the first column has about as many rows everywhere",
    "'IF(n > 500, 300, n)', 2, most rows have the same number there",
    "n % 60, 2, it has few numbers"
  })
  void keyOfSeveralColumnsIsCutByItsFirstWhereThatWillDo(String k, int columns, String as) {
    // Given
    create("pair", "k int NOT NULL, j int NOT NULL, PRIMARY KEY (k, j)", k + ", n");
    try (JdbcSession session = database.open()) {
      JdbcTable table = sized(session.hold(database.table("pair")));

      // When
      KeyRange range = (KeyRange) session.cut(table, List.of(), 8 << 20, 1).get(1);

      // Then
      assertThat(range.key()).as(as).hasSize(columns);
      assertThat(range.edges()).allSatisfy(edge -> assertThat(edge).hasSize(columns));
      assertThat(table.range(range.text())).contains(range);
    }
  }

  @Test
  void cutIsTakenUpAgainAndProvenRangeByRange() {
    // Given
    create("taken", "k varchar(20) PRIMARY KEY, v blob, w text", "n, unhex(n), repeat('ä', n)");
    SourceRange first;
    SourceRange third;
    String proof;
    try (JdbcSession session = database.open()) {
      JdbcTable table = sized(session.hold(database.table("taken")));
      List<SourceRange> ranges = session.cut(table, List.of(), 8 << 20, 1);
      first = table.range(ranges.get(0).text()).orElseThrow();
      third = table.range(ranges.get(2).text()).orElseThrow();
      proof =
          new ReadRows(MariaDbDatabase.query(table, OnUnmappable.FAIL))
              .read(session, third)
              .proof();
    }
    database.execute("INSERT INTO taken VALUES ('0', '', NULL)");

    // When
    try (JdbcSession session = database.open()) {
      JdbcTable table = sized(session.hold(database.table("taken")));
      SourceQuery query = MariaDbDatabase.query(table, OnUnmappable.FAIL);
      List<SourceRange> rest = session.cut(table, List.of(first, third), 1 << 20, 7);

      // Then
      assertThat(rest).noneMatch(first::overlaps).noneMatch(third::overlaps);
      long count = rest.stream().mapToLong(range -> session.count(query, range)).sum();
      assertThat(count + session.count(query, first) + session.count(query, third))
          .isEqualTo(ROWS + 1);
      assertThat(session.isUnchanged(query, third, 0, proof)).isTrue();
    }
    database.execute("UPDATE taken SET v = concat(v, x'00') WHERE k = '33'");
    database.execute("UPDATE taken SET w = '' WHERE w IS NULL");
    try (JdbcSession session = database.open()) {
      JdbcTable table = session.hold(database.table("taken"));
      SourceQuery query = MariaDbDatabase.query(table, OnUnmappable.FAIL);
      String before = new ReadRows(query).read(session, KeyRange.whole(table)).proof();
      assertThat(session.isUnchanged(query, KeyRange.whole(table), 0, before)).isTrue();
      assertThat(session.isUnchanged(query, KeyRange.whole(table), 0, proof)).isFalse();
    }
  }

  /** Ranges that another order has cut may have rows in common. */
  @Test
  void keyInAnotherOrderIsAnotherColumn() {
    // Given
    database.execute("CREATE TABLE ordered (k varchar(40) COLLATE utf8mb4_general_ci PRIMARY KEY)");
    JdbcTable before = hold("ordered");

    // When
    database.execute("ALTER TABLE ordered MODIFY k varchar(40) COLLATE utf8mb4_bin NOT NULL");
    JdbcTable after = hold("ordered");

    // Then
    assertThat(after.hasColumnsOf(before)).isFalse();
    assertThat(MariaDbDatabase.query(after, OnUnmappable.FAIL).fingerprint())
        .isNotEqualTo(MariaDbDatabase.query(before, OnUnmappable.FAIL).fingerprint());
  }

  private static JdbcTable hold(String name) {
    try (JdbcSession session = database.open()) {
      return session.hold(database.table(name));
    }
  }

  @Test
  void changesThatCancelEachOtherInSumsOfChecksumsAreNoticed() {
    // Given two rows whose last flag changes, and the sum of whose CRC-32 does not
    create("flags", "k int PRIMARY KEY, v char(32), flag tinyint", "n, md5(n), n % 2");
    database.execute(
        """
        CREATE TABLE pair AS
          WITH sums AS (SELECT k, CRC32(CONCAT_WS(x'1F', '', k, v, flag)) AS now,
            CRC32(CONCAT_WS(x'1F', '', k, v, 1 - flag)) AS other FROM flags)
          SELECT a.k AS one, b.k AS two FROM sums a JOIN sums b
            ON a.k < b.k AND a.now + b.now = a.other + b.other LIMIT 1
        """);
    try (JdbcSession session = database.open()) {
      JdbcTable table = session.hold(database.table("flags"));
      SourceQuery query = MariaDbDatabase.query(table, OnUnmappable.FAIL);
      String proof = new ReadRows(query).read(session, KeyRange.whole(table)).proof();
      assertThat(table.columnsOfRanges()).containsExactly("k");
      session.close();

      // When
      database.execute(
          "UPDATE flags, pair SET flags.flag = 1 - flags.flag WHERE flags.k IN (pair.one, pair.two)");

      // Then
      try (JdbcSession later = database.open()) {
        later.hold(database.table("flags"));
        assertThat(later.isUnchanged(query, KeyRange.whole(table), ROWS, proof)).isFalse();
      }
    }
  }

  @Test
  void rangeOfAnotherKeyOrWithAnythingElseInItIsNone() {
    create("odd", "k int PRIMARY KEY", "n");
    try (JdbcSession session = database.open()) {
      JdbcTable table = session.describe(database.table("odd"));

      assertThat(table.range("{\"key\":[\"k\"],\"edges\":[[\"7\"]],\"index\":1}")).isPresent();
      assertThat(
              List.of(
                  "{\"key\":[\"j\"],\"edges\":[[\"7\"]],\"index\":1}",
                  "{\"key\":[\"k\"],\"edges\":[[\"7\"]],\"index\":2}",
                  "{\"key\":[\"k\"],\"edges\":[[\"7 OR 1 = 1\"]],\"index\":1}",
                  "{\"key\":[\"k\"],\"edges\":[[\"'a' OR 1\"]],\"index\":1}",
                  "{\"key\":[\"k\"],\"edges\":[[]],\"index\":1}",
                  "no json"))
          .allSatisfy(text -> assertThat(table.range(text)).isEqualTo(Optional.empty()));
    }
  }

  private static void create(String name, String... shape) {
    String options = shape.length > 2 ? shape[2] : "";
    database.execute(
        "SET NAMES utf8mb4; CREATE OR REPLACE TABLE %s (%s) %s; INSERT INTO %1$s SELECT %s FROM (SELECT CAST(seq AS SIGNED) AS n FROM seq_1_to_%d) s"
            .formatted(name, shape[0], options, shape[1], ROWS));
  }

  /** A table that is small, as if it were of some size. */
  private static JdbcTable sized(JdbcTable table) {
    return new JdbcTable(
        table.dialect(), table.relation(), null, table.columns(), table.key(), ROWS, 64 << 20);
  }
}
