package io.tidemark.batch.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.batch.internal.source.ColumnChecksum;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import io.tidemark.catalog.manifest.Source;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Databases that are known by their drivers alone: here PostgreSQL and MariaDB stand for others.
 */
class AnsiDialectTest {

  @Test
  void textsAndNamesThatMightMeanSomethingElseAreRefused() {
    assertThatThrownBy(() -> new AnsiDialect("\"", "").literal("C:\\temp"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("'C:\\temp'");
    assertThatThrownBy(() -> new AnsiDialect(" ", "").quoted("a; DROP TABLE b"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("a; DROP TABLE b");
  }

  @ParameterizedTest
  @CsvSource({
    "Apache Derby,TIME,TIMESTAMP,TIMESTAMP,BOOLEAN",
    "DB2/LINUXX8664,TIME,TIMESTAMP,TIMESTAMP,BOOLEAN",
    "Microsoft SQL Server,TIME(6),DATETIME2,DATETIMEOFFSET,BIT",
    "Oracle,TIME(6),TIMESTAMP,TIMESTAMP WITH TIME ZONE,BOOLEAN"
  })
  void typesOfCastsAreThoseOfTheDatabase(
      String database, String time, String local, String instant, String truth) {
    AnsiDialect dialect = new AnsiDialect("\"", AnsiDialect.timestamp(database));

    assertThat(dialect.target(Types.TimeType.get())).isEqualTo(time);
    assertThat(dialect.target(Types.TimestampType.withoutZone())).isEqualTo(local);
    assertThat(dialect.target(Types.TimestampType.withZone())).isEqualTo(instant);
    assertThat(dialect.target(Types.BooleanType.get())).isEqualTo(truth);
  }

  /** Type, Iceberg's type, literal, and the value as text. */
  private static final String POSTGRES =
      """
      boolean|boolean|true|true
      smallint|int|-32768|-32768
      integer|int|2147483647|2147483647
      bigint|long|-9223372036854775808|-9223372036854775808
      real|float|1.1|1.1
      double precision|double|4.9e-324|4.9E-324
      numeric(9,2)|decimal(9, 2)|-1234567.89|-1234567.89
      numeric(38,10)|decimal(38, 10)|1234567890123456789012345678.0123456789|1234567890123456789012345678.0123456789
      numeric(50,1)|string|12345678901234567890123456789012345678901.5|12345678901234567890123456789012345678901.5
      text|string|ä 🎉 '' ; --|ä 🎉 ' ; --
      date|date|1969-12-31|1969-12-31
      date|date|2026-03-29|2026-03-29
      time|time|23:59:59.999999|23:59:59.999999
      timestamp|timestamp|2026-03-29 02:30:00.000001|2026-03-29T02:30:00.000001
      timestamptz|timestamptz|2026-11-22 09:00:00.5+09|2026-11-22T00:00:00.500Z
      timetz|string|10:00:00+09|10:00:00+09
      bytea|binary|\\x00ff|00ff
      uuid|string|123e4567-e89b-12d3-a456-426614174000|123e4567-e89b-12d3-a456-426614174000
      jsonb|string|{"a": 1}|{"a": 1}
      int[]|string|{1,2}|{1,2}
      """;

  private static final String MARIADB =
      """
      int unsigned|long|4294967295|4294967295
      bigint unsigned|decimal(20, 0)|18446744073709551615|18446744073709551615
      decimal(65,30)|string|1.5|1.500000000000000000000000000000
      datetime(6)|timestamp|9999-12-31 23:59:59.999999|9999-12-31T23:59:59.999999
      date|date|2024-02-29|2024-02-29
      varchar(20)|string|ä 🎉 '' ; --|ä 🎉 ' ; --
      blob|binary|abc|616263
      double|double|0.1|0.1
      """;

  private record Case(String type, String iceberg, String literal, String text) {

    static List<Case> of(String table) {
      return table
          .lines()
          .map(line -> line.split("\\|", -1))
          .map(f -> new Case(f[0], f[1], f[2], f[3]))
          .toList();
    }
  }

  @TempDir static Path directory;

  private static EmbeddedPostgresServer postgres;
  private static Source.Jdbc postgresSource;
  private static MariaDbDatabase mariaDb;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgresServer.start(directory.resolve("pg"));
    Path password =
        Files.writeString(directory.resolve("pg-password"), EmbeddedPostgresServer.PASSWORD);
    postgresSource =
        new Source.Jdbc(
            "other",
            postgres.jdbcUrl("postgres"),
            EmbeddedPostgresServer.USER,
            "${file:" + password + "}",
            1);
    mariaDb = new MariaDbDatabase("ansi", directory);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  private static String table(List<Case> cases) {
    return "CREATE TABLE every_1 (id int PRIMARY KEY, %s); INSERT INTO every_1 VALUES (1, %s); INSERT INTO every_1 (id) VALUES (2)"
        .formatted(
            IntStream.range(0, cases.size())
                .mapToObj(i -> "v%d %s".formatted(i, cases.get(i).type()))
                .collect(Collectors.joining(", ")),
            cases.stream().map(c -> "'" + c.literal() + "'").collect(Collectors.joining(", ")));
  }

  @Test
  void typesOfOneDatabaseHaveTheirPlace() {
    postgres.execute("postgres", table(Case.of(POSTGRES)) + "; CREATE TABLE everyx1 (id int)");
    check(postgresSource, new Relation("public", "every_1"), Case.of(POSTGRES));
  }

  @Test
  void andThoseOfAnother() {
    mariaDb.execute("SET NAMES utf8mb4; " + table(Case.of(MARIADB)));
    check(mariaDb.jdbcSource(), mariaDb.table("every_1"), Case.of(MARIADB));
  }

  private static void check(Source.Jdbc source, Relation relation, List<Case> cases) {
    try (JdbcSession session = JdbcSession.open(source)) {
      JdbcTable table = session.hold(relation);
      SourceQuery query = MariaDbDatabase.query(table, OnUnmappable.FAIL);
      session.check(table, query);
      SourceRange whole = session.cut(table, List.of(), Long.MAX_VALUE, 1).get(0);

      ReadRows rows = new ReadRows(query).read(session, whole);

      assertThat(session.tables()).contains(relation);
      assertThat(session.count(query, whole)).isEqualTo(2);
      assertThat(rows.column("id")).containsExactly("1", "2");
      for (int i = 0; i < cases.size(); i++) {
        Case it = cases.get(i);
        assertThat(rows.schema().findType("v" + i)).as(it.type()).hasToString(it.iceberg());
        assertThat(rows.column("v" + i)).as(it.toString()).containsExactly(it.text(), "null");
      }
      List<ColumnChecksum> sums = session.checksum(query, whole, Set.of()).columns();
      for (int i = 0; i < sums.size(); i++) {
        ColumnChecksum read = rows.checksum().columns().get(i);
        assertThat(sums.get(i).values()).isEqualTo(read.values());
        if (!query.counted().contains(query.columns().get(i).name())) {
          assertThat(sums.get(i)).isEqualTo(read);
        }
      }
      assertThat(session.isUnchanged(query, whole, 2, rows.proof())).isFalse();
    }
  }

  @Test
  void textsAndBytesThatAreComputedAreNeitherCutNorSpeltOut() {
    postgres.execute(
        "postgres",
        "CREATE TABLE computed (t text, b bytea); INSERT INTO computed VALUES (repeat('x', 5000), '\\x00ff')");
    try (JdbcSession session = JdbcSession.open(postgresSource)) {
      JdbcTable table = session.describe(new Relation("public", "computed"));
      SourceQuery query =
          table.query(
              List.of(
                  table.computed("t", "t || 'y' -- a text", Types.StringType.get()),
                  table.computed("n", "length(t)", Types.StringType.get()),
                  table.computed("c", table.literal("it's"), Types.StringType.get()),
                  table.computed("b", "b", Types.BinaryType.get())),
              "",
              OnUnmappable.FAIL);

      ReadRows rows = new ReadRows(query).read(session, KeyRange.whole(table));

      assertThat(rows.column("t")).containsExactly("x".repeat(5000) + "y");
      assertThat(rows.column("n")).containsExactly("5000");
      assertThat(rows.column("c")).containsExactly("it's");
      assertThat(rows.column("b")).containsExactly("00ff");
    }
  }

  @Test
  void questionMarksAreOperatorsAndNoParameters() {
    postgres.execute(
        "postgres",
        "CREATE TABLE marks (id int PRIMARY KEY, j jsonb); INSERT INTO marks SELECT n, '{\"a\": 1}' FROM generate_series(1, 300) n; INSERT INTO marks VALUES (0, '{}')");
    try (JdbcSession session = JdbcSession.open(postgresSource)) {
      JdbcTable table = session.describe(new Relation("public", "marks"));
      SourceQuery query =
          table.query(
              List.of(
                  table.select(table.columns().get(0), true),
                  table.computed("b", "j ? 'b' -- why?", Types.BooleanType.get())),
              "j ? 'a'",
              OnUnmappable.FAIL);
      KeyRange whole = KeyRange.whole(table);
      session.check(table, query);

      ReadRows rows = new ReadRows(query).read(session, whole);

      assertThat(rows.rows()).isEqualTo(300);
      assertThat(rows.column("b")).containsOnly("false");
      assertThat(session.count(query, whole)).isEqualTo(300);
      assertThat(session.checksum(query, whole, query.counted()).rows()).isEqualTo(300);
    }
  }

  @Test
  void tableOfSqliteIsReadByItsDriver() throws Exception {
    // Given
    String url = "jdbc:sqlite:" + directory.resolve("shop.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE \"odd_1 \"\"t\" (id integer PRIMARY KEY, big bigint, part decimal(9, 2), at date, t text, raw blob, d double, n int)");
      statement.executeUpdate("CREATE TABLE \"oddx1 \"\"t\" (other int)");
      statement.executeUpdate(
          "INSERT INTO \"odd_1 \"\"t\" VALUES (1, 9223372036854775807, 1.25, '2026-11-22', 'ä '' 🎉', x'00ff', 0.1, 4294967296), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
    }
    Relation relation = new Relation("", "odd_1 \"t");
    try (JdbcSession session =
        JdbcSession.open(new Source.Jdbc("small", url, "none", "${env:PATH}", 1))) {
      JdbcTable table = session.hold(relation);
      SourceQuery query = MariaDbDatabase.query(table, OnUnmappable.NULL);
      session.check(table, query);

      // When
      ReadRows rows = new ReadRows(query).read(session, KeyRange.whole(table));

      // Then
      assertThat(session.tables()).contains(relation);
      assertThat(rows.schema().columns().stream().map(c -> c.type() + " " + rows.column(c.name())))
          .containsExactly(
              "int [1, 2]",
              "long [9223372036854775807, null]",
              "double [1.25, null]",
              "string [2026-11-22, null]",
              "string [ä ' 🎉, null]",
              "binary [00ff, null]",
              "double [0.1, null]",
              "int [null, null]");
      assertThat(rows.unfit()).containsExactly(Map.entry("n", 1L));
    }
  }

  @Test
  void namesAreQuotedAndWhatDoesNotFitIsNullOrAFailure() {
    postgres.execute(
        "postgres",
        "CREATE SCHEMA \"a\"\"b\"; CREATE TABLE \"a\"\"b\".\"t; --\" (\"x\"\"y\" numeric(5, 1)); INSERT INTO \"a\"\"b\".\"t; --\" VALUES ('NaN'), (1.5)");
    try (JdbcSession session = JdbcSession.open(postgresSource)) {
      assertThatThrownBy(() -> session.describe(new Relation("public", "none")))
          .isInstanceOf(InvalidRequestException.class);
      JdbcTable table = session.describe(new Relation("a\"b", "t; --"));
      ReadRows rows =
          new ReadRows(MariaDbDatabase.query(table, OnUnmappable.NULL))
              .read(session, KeyRange.whole(table));
      assertThat(rows.column("x\"y")).containsExactly("null", "1.5");
      assertThat(rows.unfit()).containsEntry("x\"y", 1L);
      assertThatThrownBy(
              () ->
                  new ReadRows(MariaDbDatabase.query(table, OnUnmappable.FAIL))
                      .read(session, KeyRange.whole(table)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("NaN");
    }
  }
}
