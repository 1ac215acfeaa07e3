package io.tidemark.batch.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import io.tidemark.catalog.manifest.Source;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any database is cut by keys of exact numbers alone; here PostgreSQL stands for it. */
class NumberRangeTest {

  private static final int ROWS = 2_000;
  private static final String DATABASE = "postgres";
  private static final Relation SHAPE = new Relation("public", "shape");

  private static EmbeddedPostgresServer server;
  private static Source.Jdbc source;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    server = EmbeddedPostgresServer.start(directory.resolve("pg"));
    Path password = Files.writeString(directory.resolve("p"), EmbeddedPostgresServer.PASSWORD);
    source =
        new Source.Jdbc(
            "other",
            server.jdbcUrl(DATABASE) + "?prepareThreshold=-1",
            EmbeddedPostgresServer.USER,
            "${file:" + password + "}",
            2);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k bigint PRIMARY KEY | n * 3 - 5000 | (-9000), (9000)",
        "k bigint PRIMARY KEY | 2 * n - 5000 | (-9000), (9000)",
        "k int PRIMARY KEY | CASE WHEN n > 1900 THEN n * 1000000 ELSE n END | (-1), (2147483647)",
        "k numeric(38, 3) PRIMARY KEY | n * 1e30 - 1e33 + 0.001 * n | (-1e34), (1e34)",
        "k smallint, \"J;\"\"\" bigint, t text, PRIMARY KEY (k, \"J;\"\"\") | n % 3 - 1, -n, 'x' | (-2, 0, ''), (1, 1, '')"
      })
  void everyRowIsInOneRangeAndSoAreThoseBeyondTheEdges(String shape) {
    // Given
    String[] parts = shape.split(" \\| ");
    create(parts[0], parts[1]);
    List<SourceRange> ranges;
    try (JdbcSession session = JdbcSession.open(source)) {
      JdbcTable table = session.hold(SHAPE);
      assertThat(table.estimatedRows()).isEqualTo(ROWS);
      assertThat(table.bytes()).isBetween(4L * ROWS, 50L * ROWS);

      // When
      ranges = session.cut(sized(table), List.of(), 8 << 20, 2);
    }
    server.execute(DATABASE, "INSERT INTO shape VALUES " + parts[2]);

    // Then
    assertThat(ranges).hasSizeBetween(7, 9);
    try (JdbcSession session = JdbcSession.open(source)) {
      JdbcTable table = session.describe(SHAPE);
      SourceQuery query = MariaDbDatabase.query(table, OnUnmappable.FAIL);
      ReadRows all = new ReadRows(query).read(session, KeyRange.whole(table));
      ReadRows some = new ReadRows(query);
      ranges.forEach(range -> some.read(session, range));
      assertThat(some.rows()).isEqualTo(ROWS + 2);
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
        "k text PRIMARY KEY | n",
        "k bigint, at timestamp, PRIMARY KEY (k, at) | n, '2026-01-01'",
        "k double precision PRIMARY KEY | n",
        "k bigint UNIQUE | n"
      })
  void tableWithAnotherKeyIsReadAsOne(String shape) {
    create(shape.split(" \\| "));
    try (JdbcSession session = JdbcSession.open(source)) {
      JdbcTable table = sized(session.hold(SHAPE));

      assertThat(session.cut(table, List.of(), 8 << 20, 2)).hasSize(1);
    }
  }

  @Test
  void rangesOfAKeyOfSeveralColumnsAreFoundByItsIndex() throws SQLException {
    // Given
    create("k int, j int, PRIMARY KEY (k, j)", "n / 3, n");
    try (JdbcSession session = JdbcSession.open(source)) {
      JdbcTable table = sized(session.hold(SHAPE));
      JdbcQuery query = (JdbcQuery) MariaDbDatabase.query(table, OnUnmappable.FAIL);

      // When
      KeyRange range = (KeyRange) session.cut(table, List.of(), 8 << 20, 2).get(1);

      // Then
      assertThat(plan(query.select(range)))
          .contains("Index Cond: ((k >= ")
          .doesNotContain("Seq Scan");
    }
  }

  private static String plan(String sql) throws SQLException {
    StringJoiner plan = new StringJoiner("\n");
    try (Connection connection = server.connect(DATABASE);
        Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery("EXPLAIN " + sql)) {
      while (lines.next()) {
        plan.add(lines.getString(1));
      }
    }
    return plan.toString();
  }

  @Test
  void numbersWithFewGapsAreCutWithoutAWalk() {
    // Given
    create("k bigint PRIMARY KEY", "CASE WHEN n > 1000 THEN n + 1000 ELSE n END");
    try (JdbcSession session = JdbcSession.open(source)) {
      JdbcTable table = sized(session.hold(SHAPE));

      // When
      List<SourceRange> ranges = session.cut(table, List.of(), 16 << 20, 2);

      // Then
      assertThat(((KeyRange) ranges.get(0)).edges())
          .containsExactly(List.of("751"), List.of("1501"), List.of("2251"));
    }
  }

  @Test
  void tableOfUnknownSizeIsReadAsOne() {
    // Given
    server.execute(
        DATABASE,
        "DROP TABLE IF EXISTS shape; CREATE TABLE shape (k bigint PRIMARY KEY); INSERT INTO shape VALUES (1), (2)");
    try (JdbcSession session = JdbcSession.open(source)) {
      JdbcTable table = session.hold(SHAPE);

      // When
      List<SourceRange> ranges = session.cut(table, List.of(), 1, 2);

      // Then
      assertThat(table.estimatedRows()).isEqualTo(-1);
      assertThat(table.bytes()).isZero();
      assertThat(ranges).hasSize(1);
    }
  }

  @Test
  void databaseThatRefusesToFindEdgesStillReadsAll() {
    // Given
    create("k bigint PRIMARY KEY", "n");
    try (JdbcSession session = JdbcSession.open(source)) {
      JdbcTable table = session.hold(SHAPE);
      JdbcTable odd = sized(table, new TableKey("", List.of("none"), true));

      // When
      List<SourceRange> ranges = session.cut(odd, List.of(), 8 << 20, 2);

      // Then
      SourceQuery query = MariaDbDatabase.query(table, OnUnmappable.FAIL);
      assertThat(ranges).hasSize(1);
      assertThat(new ReadRows(query).read(session, ranges.get(0)).rows()).isEqualTo(ROWS);
    }
  }

  private static void create(String... shape) {
    server.execute(
        DATABASE,
        "DROP TABLE IF EXISTS shape; CREATE TABLE shape (%s); INSERT INTO shape SELECT %s FROM generate_series(1, %d) n; ANALYZE shape"
            .formatted(shape[0], shape[1], ROWS));
  }

  /** A table that is small, as if it were of some size. */
  private static JdbcTable sized(JdbcTable table) {
    return sized(table, table.key());
  }

  private static JdbcTable sized(JdbcTable table, TableKey key) {
    return new JdbcTable(
        table.dialect(), table.relation(), null, table.columns(), key, ROWS, 64 << 20);
  }
}
