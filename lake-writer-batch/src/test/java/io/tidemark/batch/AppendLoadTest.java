package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.manifest.Manifest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Closed ranges of PostgreSQL, each appended once to plain tables. */
class AppendLoadTest {

  private static final String BY_TIME = "{ column: at, lag: 10m }";

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
  void createEvents() {
    shop.execute(
        """
        DROP SCHEMA public CASCADE; CREATE SCHEMA public;
        CREATE TABLE events (id int, at timestamptz, local timestamp, day date);
        INSERT INTO events SELECT i, timestamptz '2026-11-01 00:00Z' + i * interval '1 hour',
            timestamp '2026-11-01 00:00' + i * interval '1 hour', date '2026-11-01' + i::int
          FROM generate_series(1, 20) i
        """);
  }

  @Test
  void rowThatIsCommittedWithinTheLagIsNotMissed() throws SQLException {
    try (Connection late = shop.connect();
        Statement statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute("INSERT INTO events VALUES (21, now() - interval '2 seconds')");
      shop.execute("INSERT INTO events VALUES (22, now() - interval '1 second')");
      load("run-1", "{ column: at, lag: 4s }");
      late.commit();
    }
    List<Long> before = lake();

    LoadReport report = untilLoaded(2, "{ column: at, lag: 4s }");

    assertThat(before).containsExactlyElementsOf(numbers(1, 20));
    assertThat(report.exitCode()).isZero();
    assertThat(lake()).containsExactlyElementsOf(numbers(1, 22));
  }

  private LoadReport untilLoaded(long rows, String cursor) {
    LoadReport report = null;
    for (int run = 2; lake().size() < 20 + rows && run < 30; run++) {
      report = load("run-" + run, cursor);
    }
    return report;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { column: id, lag: 2 }       | 18 | INSERT INTO events VALUES (21), (22)  | 20
          { column: local, lag: 90m }  | 18 | INSERT INTO events VALUES (21, NULL, '2026-11-01 21:00') | 19
          { column: day, lag: 1d }     | 19 | INSERT INTO events VALUES (21, NULL, NULL, '2026-11-22') | 20
          """)
  void rangesEndTheLagBehindTheNewestValue(String cursor, int first, String more, int second) {
    load("run-1", cursor);
    List<Long> before = lake();
    shop.execute(more);

    load("run-2", cursor);

    assertThat(before).containsExactlyElementsOf(numbers(1, first));
    assertThat(lake()).containsExactlyElementsOf(numbers(1, second));
  }

  @ParameterizedTest
  @CsvSource({"oid, 1", "bigint, -9223372036854775808"})
  void lagMayReachBelowTheLeastNumber(String type, String least) {
    shop.execute(
        "DROP TABLE events; CREATE TABLE events (id %s); INSERT INTO events VALUES (%s)"
            .formatted(type, least));
    load("run-1", "{ column: id, lag: 10 }");
    shop.execute("INSERT INTO events VALUES (20), (30)");

    load("run-2", "{ column: id, lag: 10 }");

    assertThat(lake()).containsExactly(Long.valueOf(least), 20L);
  }

  @ParameterizedTest
  @CsvSource({
    "bigint, 9223372036854775807",
    "int, 2147483647",
    "smallint, 32767",
    "numeric(9), 999999999",
    "numeric(38), 9223372036854775807"
  })
  void greatestNumberIsRefusedAsRowsToComeWouldBeSkipped(String type, String greatest) {
    shop.execute(
        "DROP TABLE events; CREATE TABLE events (id %s); INSERT INTO events VALUES (1), (%s)"
            .formatted(type, greatest));

    LoadReport refused = load("run-1", "{ column: id, lag: 0 }");
    LoadReport report =
        run("{ column: id, lag: 0 }", ", where: \"events.id < %s --\"".formatted(greatest))
            .runId("run-2")
            .run();

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.failed().get(0).reason())
        .isEqualTo(
            "Cannot load raw.events: the newest id of public.events is %1$s, behind which no row can come, so that those to come would be skipped. Give that row another value, or leave it out by where: \"id\" < %1$s. Nothing was loaded."
                .formatted(greatest));
    assertThat(report.exitCode()).isZero();
    assertThat(lake()).containsExactly(1L);
  }

  @Test
  void whatWasAppendedIsNotReplacedUnlessAskedFor() {
    load("run-1", "{ column: id, lag: 0 }");
    shop.execute("DELETE FROM events WHERE id <= 10");
    Path full =
        shop.manifest(
            directory, 4, "raw.events: { load: { from: { source: shop, table: public.events } } }");

    LoadReport refused = LoadRun.of(Manifest.load(full)).runId("run-2").run();
    List<Long> before = lake();
    LoadReport report = LoadRun.of(Manifest.load(full)).runId("run-3").full().run();

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.failed().get(0).reason())
        .isEqualTo(
            "Cannot load raw.events: its mode is full, and its loads so far were of mode append. Load it anew with --full, or change it back. Nothing was loaded.");
    assertThat(before).containsExactlyElementsOf(numbers(1, 20));
    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(lake()).containsExactlyElementsOf(numbers(11, 20));
  }

  @ParameterizedTest
  @CsvSource({"timestamp, 'local'", "date, day"})
  void timesBeforeTheYearOneTellNothingOfTheClock(String type, String column) {
    for (String ancient : List.of("-infinity", "0044-03-15 BC")) {
      shop.execute(
          "DROP TABLE events; CREATE TABLE events (id int, %1$s %2$s); INSERT INTO events VALUES (1, '%3$s')"
              .formatted(column, type, ancient));
      String cursor = "{ column: %s, lag: 900000d }".formatted(column);

      LoadReport report = load("only " + ancient, cursor);
      shop.execute("INSERT INTO events VALUES (2, '2026-11-01')");
      LoadReport first = load("first " + ancient, cursor);
      LoadReport second = load("second " + ancient, cursor);

      boolean unfit = ancient.equals("-infinity");
      assertThat(report.exitCode()).isEqualTo(unfit ? 2 : 0);
      assertThat(first.exitCode()).as("%s", first.failed()).isEqualTo(unfit ? 2 : 0);
      assertThat(second.exitCode()).as("%s", second.failed()).isEqualTo(unfit ? 2 : 0);
    }
  }

  @Test
  void rowsInNoRangeAreRefused() {
    shop.execute("INSERT INTO events VALUES (21, NULL)");

    LoadReport report = load("run-1", BY_TIME);

    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.failed().get(0).reason())
        .startsWith(
            "Cannot load raw.events: 1 rows of public.events have no at and so are in no range.");
  }

  @Test
  void closedRangesAreLoadedOnceInAnyOrder() {
    range("run-1", "2026-11-01T06:00:00Z", "2026-11-01T10:00:00Z");
    range("run-2", "2026-11-01", "2026-11-01T03:00:00Z");

    LoadReport overlap = range("run-3", "2026-11-01T02:00:00Z", "2026-11-01T04:00:00Z");
    range("run-4", "2026-11-01T03:00:00Z", "2026-11-01T06:00:00Z");
    load("run-5", BY_TIME);

    assertThat(overlap.exitCode()).isEqualTo(3);
    assertThat(overlap.failed().get(0).reason())
        .isEqualTo(
            "Cannot load [2026-11-01T02:00:00Z, 2026-11-01T04:00:00Z) of raw.events: [2026-11-01T00:00:00Z, 2026-11-01T03:00:00Z) is loaded. Choose a range beside it, or load all with --full. Nothing was loaded.");
    assertThat(lake()).containsExactlyElementsOf(numbers(1, 20));
  }

  @Test
  void rangesFollowALoadOfAnEmptySource() {
    String byNumber = "{ column: id, lag: 0 }";
    shop.execute("CREATE TABLE kept AS TABLE events; TRUNCATE events");
    load("run-1", byNumber);
    shop.execute("INSERT INTO events TABLE kept");

    LoadReport report = run(byNumber).range("1", "11").runId("run-2").run();

    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(lake()).containsExactlyElementsOf(numbers(1, 10));
  }

  @Test
  void rangeThatIsNotOverIsRefused() {
    LoadReport report = range("run-1", "2026-11-01", "2999-01-01");

    assertThat(report.failed().get(0).reason()).contains("rows may still come from 20");
    assertThat(report.exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { column: gone, lag: 1m } | public.events has no such column
          { column: at, lag: 100 }  | its lag must be a duration, such as 10m
          { column: id, lag: 1m }   | its lag must be a number, such as 1000
          """)
  void cursorThatWillNotDoIsTold(String cursor, String complaint) {
    LoadReport report = load("run-1", cursor);

    assertThat(report.exitCode()).isEqualTo(2);
    assertThat(report.failed().get(0).reason()).endsWith(complaint);
  }

  private LoadReport load(String runId, String cursor) {
    return run(cursor).runId(runId).run();
  }

  private LoadReport range(String runId, String from, String to) {
    return run(BY_TIME).range(from, to).runId(runId).run();
  }

  private LoadRun run(String cursor) {
    return run(cursor, "");
  }

  private LoadRun run(String cursor, String more) {
    return LoadRun.of(
        Manifest.load(
            shop.manifest(
                directory,
                4,
                "raw.events: { load: { from: { source: shop, table: public.events }, mode: append, cursor: %s%s } }"
                    .formatted(cursor, more))));
  }

  private List<Long> lake() {
    return ShopDatabase.rows(directory, "raw.events").stream()
        .map(row -> ((Number) row.getField("id")).longValue())
        .sorted()
        .collect(Collectors.toList());
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
