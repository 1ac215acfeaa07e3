package io.tidemark.batch.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.batch.internal.source.SelectedColumn;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type comes out of the wire as it went into the database. */
class MariaDbTypesTest {

  /** Type, Iceberg's type, literal, and the value as text. */
  private static final String VALUES =
      """
      boolean|int|true|1
      tinyint(1)|int|-128|-128
      tinyint unsigned|int|255|255
      smallint|int|-32768|-32768
      smallint unsigned|int|65535|65535
      mediumint|int|-8388608|-8388608
      mediumint unsigned|int|16777215|16777215
      int|int|-2147483648|-2147483648
      int(5) zerofill|long|42|42
      int unsigned|long|4294967295|4294967295
      bigint|long|-9223372036854775808|-9223372036854775808
      bigint|long|9223372036854775807|9223372036854775807
      bigint unsigned|decimal(20, 0)|18446744073709551615|18446744073709551615
      decimal(5,2)|decimal(5, 2)|-999.99|-999.99
      decimal(9,0)|decimal(9, 0)|999999999|999999999
      decimal(10,4) zerofill|decimal(10, 4)|12.5|12.5000
      decimal(18,18)|decimal(18, 18)|-0.000000000000000001|-0.000000000000000001
      decimal(18,0)|decimal(18, 0)|-999999999999999999|-999999999999999999
      decimal(19,3)|decimal(19, 3)|9999999999999999.999|9999999999999999.999
      decimal(20,20)|decimal(20, 20)|0|0.00000000000000000000
      decimal(38,38)|decimal(38, 38)|-0.00000000000000000000000000000000000001|-0.00000000000000000000000000000000000001
      decimal(38,0)|decimal(38, 0)|-99999999999999999999999999999999999999|-99999999999999999999999999999999999999
      decimal(65,30)|string|-12345678901234567890123456789012345.000000000000000000000000000001|-12345678901234567890123456789012345.000000000000000000000000000001
      float|float|1.1|1.1
      float|float|3.4028234663852886e38|3.4028235E38
      float(7,4)|float|123.4567|123.4567
      double|double|1.7976931348623157e308|1.7976931348623157E308
      double|double|-2.2250738585072014e-308|-2.2250738585072014E-308
      double|double|0.1|0.1
      double|double|-0e0|-0.0
      float|float|-0e0|-0.0
      double(10,2)|double|1.25|1.25
      bit(1)|boolean|b'1'|true
      bit(5)|string|b'101'|00101
      bit(64)|string|b'1000000000000000000000000000000000000000000000000000000000000001'|1000000000000000000000000000000000000000000000000000000000000001
      date|date|'0001-01-01'|0001-01-01
      date|date|'0000-01-01'|0000-01-01
      date|date|'9999-12-31'|9999-12-31
      date|date|'2024-02-29'|2024-02-29
      datetime|timestamp|'1969-12-31 23:59:59'|1969-12-31T23:59:59
      datetime(6)|timestamp|'9999-12-31 23:59:59.999999'|9999-12-31T23:59:59.999999
      datetime(3)|timestamp|'0000-02-03 00:00:00.001'|0000-02-03T00:00:00.001
      timestamp|timestamptz|'2026-11-22 09:00:00'|2026-11-22T00:00:00Z
      timestamp(6)|timestamptz|'2038-01-19 03:14:07.999999'|2038-01-18T18:14:07.999999Z
      time|time|'23:59:59'|23:59:59
      time(6)|time|'00:00:00.000001'|00:00:00.000001
      year|int|2155|2155
      year|int|0|0
      char(4)|string|'ab'|ab
      varchar(50)|string|'🎉 "x" '' ; -- \\\\ .'|🎉 "x" ' ; -- \\ .
      varchar(10) character set latin1|string|'äöü€'|äöü€
      varchar(10) character set utf16|string|'ñ🎉'|ñ🎉
      text|string|''|
      text|string|repeat('ab', 150)|%s
      longtext|string|repeat('x', 70000)|%s
      tinytext|string|'a'|a
      binary(4)|binary|x'00ff'|00ff0000
      varbinary(4)|binary|x'00ff00'|00ff00
      blob|binary|x''|
      longblob|binary|repeat(x'00', 300)|%s
      enum('it''s','🎉')|string|'🎉'|🎉
      set('a','b','c')|string|'a,c'|a,c
      json|string|'{"a":  1}'|{"a":  1}
      uuid|uuid|'123e4567-e89b-12d3-a456-426614174000'|123e4567e89b12d3a456426614174000
      inet4|string|'10.0.0.1'|10.0.0.1
      inet6|string|'2001:db8::1'|2001:db8::1
      point|binary|point(1, 2)|0101000000000000000000f03f0000000000000040
      geometry|binary|st_geomfromtext('LINESTRING(0 0,1 1)')|01020000000200000000000000000000000000000000000000000000000000f03f000000000000f03f
      """
          .formatted("ab".repeat(150), "x".repeat(70_000), "00".repeat(300));

  /** Type, literal of a value that does not fit, and why. */
  private static final String UNFIT =
      """
      date|'0000-00-00'|'0000-00-00' is no day
      date|'2026-00-00'|'2026-00-00' is no day
      date|'2026-02-31'|'2026-02-31' is no day
      datetime|'0000-00-00 00:00:00'|'0000-00-00 00:00:00' is no day
      timestamp|'0000-00-00 00:00:00'|'0000-00-00 00:00:00' is no day
      time|'24:00:00'|'24:00:00' is no time
      time|'-838:59:59'|'-838:59:59' is no time
      time(1)|'-00:00:00.1'|'-00:00:00.1' is no time
      """;

  private record Case(String type, String iceberg, String literal, String text) {

    static List<Case> of(String table) {
      return table
          .lines()
          .map(line -> line.split("\\|", -1))
          .map(f -> new Case(f[0], f[1], f[2], f.length > 3 ? f[3] : ""))
          .toList();
    }
  }

  private static MariaDbDatabase database;

  @BeforeAll
  static void start(@TempDir Path directory) {
    database = new MariaDbDatabase("types", directory);
  }

  /** Creates a table with a column per case: a row of the values, and one of nulls. */
  private static void create(String name, List<String> types, List<String> literals) {
    String columns =
        IntStream.range(0, types.size())
            .mapToObj(i -> "v%d %s NULL".formatted(i, types.get(i)))
            .collect(Collectors.joining(", "));
    database.execute(
        "SET NAMES utf8mb4; SET sql_mode = 'ALLOW_INVALID_DATES'; CREATE OR REPLACE TABLE %1$s (id int PRIMARY KEY, %2$s);"
                .formatted(name, columns)
            + "INSERT INTO %s VALUES (1, %s); INSERT INTO %1$s (id) VALUES (2)"
                .formatted(name, String.join(", ", literals)));
  }

  @Test
  void everyTypeHasItsPlaceAndEveryValueIsWhatItWas() {
    // Given
    List<Case> cases = Case.of(VALUES);
    create(
        "every",
        cases.stream().map(Case::type).toList(),
        cases.stream().map(Case::literal).toList());
    try (JdbcSession session = database.open()) {
      JdbcTable table = session.describe(database.table("every"));
      SourceQuery query = MariaDbDatabase.query(table, OnUnmappable.FAIL);
      KeyRange whole = KeyRange.whole(table);

      // When
      ReadRows rows = new ReadRows(query).read(session, whole);

      // Then
      for (int i = 0; i < cases.size(); i++) {
        Case it = cases.get(i);
        assertThat(rows.schema().findType("v" + i)).as(it.type()).hasToString(it.iceberg());
        assertThat(rows.column("v" + i)).as(it.toString()).containsExactly(it.text(), "null");
      }
      assertThat(session.checksum(query, whole, Set.of())).isEqualTo(rows.checksum());
      assertThat(session.isUnchanged(query, whole, 2, rows.proof())).isTrue();
    }
  }

  @Test
  void whatDoesNotFitIsNullAndCountedOrFailsTheLoad() {
    // Given
    List<String[]> cases = UNFIT.lines().map(line -> line.split("\\|", -1)).toList();
    create("unfit", cases.stream().map(f -> f[0]).toList(), cases.stream().map(f -> f[1]).toList());
    try (JdbcSession session = database.open()) {
      JdbcTable table = session.describe(database.table("unfit"));
      KeyRange whole = KeyRange.whole(table);

      // When
      ReadRows rows =
          new ReadRows(MariaDbDatabase.query(table, OnUnmappable.NULL)).read(session, whole);

      // Then
      assertThat(rows.unfit()).hasSize(cases.size()).allSatisfy((c, n) -> assertThat(n).isOne());
      for (int i = 0; i < cases.size(); i++) {
        assertThat(rows.column("v" + i)).containsExactly("null", "null");
      }
    }
    for (int i = 0; i < cases.size(); i++) {
      String why = cases.get(i)[2];
      int column = i + 1;
      try (JdbcSession session = database.open()) {
        JdbcTable table = session.describe(database.table("unfit"));
        SourceQuery query =
            table.query(
                List.of(table.select(table.columns().get(column), false)), "", OnUnmappable.FAIL);
        assertThatThrownBy(() -> new ReadRows(query).read(session, KeyRange.whole(table)))
            .isInstanceOf(InvalidRequestException.class)
            .hasMessageContaining("column v" + (column - 1))
            .hasMessageContaining(why);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1000.004, 'decimal(5, 2)'",
    "18446744073709551615, long",
    "1e30, long",
    "-9223372036854775809, long",
    "2147483648, int"
  })
  void numberThatIsComputedDoesNotBecomeAnotherOne(String number, String type) {
    database.execute("CREATE OR REPLACE TABLE one (id int); INSERT INTO one VALUES (1)");
    try (JdbcSession session = database.open()) {
      JdbcTable table = session.describe(database.table("one"));
      Type as = Types.fromPrimitiveString(type);
      SourceQuery fits =
          table.query(
              List.of(table.computed("n", "'-12' + 0", as), table.computed("b", "b'101'", as)),
              "",
              OnUnmappable.FAIL);
      SourceQuery unfit =
          table.query(List.of(table.computed("n", number, as)), "", OnUnmappable.FAIL);
      KeyRange whole = KeyRange.whole(table);

      ReadRows rows = new ReadRows(fits).read(session, whole);

      assertThat(rows.column("n").get(0)).startsWith("-12");
      assertThat(rows.column("b").get(0)).startsWith("5");
      assertThat(session.checksum(fits, whole, Set.of())).isEqualTo(rows.checksum());
      assertThatThrownBy(() -> new ReadRows(unfit).read(session, whole))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("column n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-31, date",
    "'', date",
    "2026-02-31 10:00:00, timestamp",
    "2026-02-01 10:61:00, timestamptz",
    "10:61:00, time",
    "today, time"
  })
  void textThatIsNoDayOrTimeIsNotComputedToANull(String text, String type) {
    database.execute("CREATE OR REPLACE TABLE one (id int); INSERT INTO one VALUES (1)");
    try (JdbcSession session = database.open()) {
      JdbcTable table = session.describe(database.table("one"));
      Type as = Types.fromPrimitiveString(type);
      KeyRange whole = KeyRange.whole(table);
      SelectedColumn unfit = table.computed("at", "'%s' -- a text".formatted(text), as);
      String now = type.equals("time") ? "TIME'10:11:12.000013'" : "'2026-11-22 10:11:12.000013'";
      SourceQuery fits =
          table.query(
              List.of(table.computed("at", now, as), table.computed("none", "NULL", as)),
              "",
              OnUnmappable.FAIL);

      ReadRows rows = new ReadRows(fits).read(session, whole);
      ReadRows nulls =
          new ReadRows(table.query(List.of(unfit), "", OnUnmappable.NULL)).read(session, whole);

      assertThat(session.checksum(fits, whole, Set.of())).isEqualTo(rows.checksum());
      assertThat(rows.column("none")).containsExactly("null");
      assertThat(nulls.column("at")).containsExactly("null");
      assertThat(nulls.unfit()).containsEntry("at", 1L);
      SourceQuery failing = table.query(List.of(unfit), "", OnUnmappable.FAIL);
      assertThatThrownBy(() -> new ReadRows(failing).read(session, whole))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("column at")
          .hasMessageContaining("'%s' is no ".formatted(text));
    }
  }

  @Test
  void columnIsReadAsTheTypeThatIsAskedFor() {
    // Given
    database.execute(
        "CREATE OR REPLACE TABLE asked (flag tinyint(1), n int, big bigint unsigned, f float, wide decimal(65,2), t time, raw varbinary(4));"
            + "INSERT INTO asked VALUES (1, 7, 18446744073709551615, 1.5, 12.5, '-10:00:00', x'00ff')");
    try (JdbcSession session = database.open()) {
      JdbcTable table = session.describe(database.table("asked"));
      SourceQuery query =
          table.query(
              List.of(
                  table.select(table.columns().get(0), false).as(Types.BooleanType.get()).get(),
                  table.select(table.columns().get(1), false).as(Types.LongType.get()).get(),
                  table.select(table.columns().get(2), false).as(Types.StringType.get()).get(),
                  table.select(table.columns().get(3), false).as(Types.DoubleType.get()).get(),
                  table.select(table.columns().get(4), false).as(Types.DecimalType.of(9, 3)).get(),
                  table.select(table.columns().get(5), false).as(Types.StringType.get()).get(),
                  table.select(table.columns().get(6), false).as(Types.StringType.get()).get(),
                  table.computed("d", "date '2026-11-22' -- a day", Types.DateType.get()),
                  table.computed("c", table.literal("it's \\ 🎉"), Types.StringType.get()),
                  table.nulls("none")),
              "",
              OnUnmappable.FAIL);

      // When
      ReadRows rows = new ReadRows(query).read(session, KeyRange.whole(table));

      // Then
      assertThat(rows.schema().columns().stream().map(c -> rows.column(c.name()).get(0)))
          .containsExactly(
              "true",
              "7",
              "18446744073709551615",
              "1.5",
              "12.500",
              "-10:00:00",
              "00ff",
              "2026-11-22",
              "it's \\ 🎉",
              "null");
      assertThat(table.select(table.columns().get(5), false).as(Types.LongType.get())).isEmpty();
    }
  }
}
