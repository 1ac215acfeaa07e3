package io.tidemark.batch.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry.OnUnmappable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Types.DecimalType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every type comes out of the wire as it went into the database. */
class TypeTableTest {

  /** Type, Iceberg's type, literal, and the value as text. */
  private static final String VALUES =
      """
      bool|boolean|true|true
      bool|boolean|false|false
      int2|int|-32768|-32768
      int4|int|-2147483648|-2147483648
      int8|long|9223372036854775807|9223372036854775807
      oid|long|4294967295|4294967295
      float4|float|1.1|1.1
      float4|float|NaN|NaN
      float8|double|-Infinity|-Infinity
      float8|double|4.9e-324|4.9E-324
      numeric(5,2)|decimal(5, 2)|-999.99|-999.99
      numeric(9,0)|decimal(9, 0)|999999999|999999999
      numeric(10,0)|decimal(10, 0)|9999999999|9999999999
      numeric(18,18)|decimal(18, 18)|-0.000000000000000001|-0.000000000000000001
      numeric(18,0)|decimal(18, 0)|-999999999999999999|-999999999999999999
      numeric(19,3)|decimal(19, 3)|9999999999999999.999|9999999999999999.999
      numeric(38,38)|decimal(38, 38)|-0.00000000000000000000000000000000000001|-0.00000000000000000000000000000000000001
      numeric(38,0)|decimal(38, 0)|-99999999999999999999999999999999999999|-99999999999999999999999999999999999999
      numeric(20,5)|decimal(20, 5)|0|0.00000
      numeric(3,-2)|decimal(5, 0)|12345|12300
      numeric(2,4)|decimal(4, 4)|0.0012|0.0012
      numeric(39,1)|string|12345678901234567890123456789012345678.9|12345678901234567890123456789012345678.9
      numeric|string|NaN|NaN
      numeric|string|1.10000000000000000000000000000000000000000000000001|1.10000000000000000000000000000000000000000000000001
      price|decimal(10, 2)|12.34|12.34
      list_price|decimal(10, 2)|12.34|12.34
      money|decimal(19, 2)|-92233720368547758.08|-92233720368547758.08
      text|string| 🎉 "x" ' ; -- \\ .| 🎉 "x" ' ; -- \\ .
      text|string||
      varchar(3)|string|äöü|äöü
      char(4)|string|ab|ab\040\040
      name|string|a b|a b
      "char"|string|x|x
      json|string|{"a":  1}|{"a":  1}
      jsonb|string|{"b":  1, "a": null}|{"a": null, "b": 1}
      xml|string|<a>1</a>|<a>1</a>
      mood|string|it's "fine" 🎉|it's "fine" 🎉
      date|date|0044-03-15 BC|-0043-03-15
      date|date|5874897-12-31|+5874897-12-31
      date|date|1969-12-31|1969-12-31
      time|time|23:59:59.999999|23:59:59.999999
      timetz|string|10:00:00+09|10:00:00+09
      timestamp|timestamp|1969-12-31 23:59:59.999999|1969-12-31T23:59:59.999999
      timestamp|timestamp|4713-01-01 00:00 BC|-4712-01-01T00:00
      timestamptz|timestamptz|2026-11-22 00:00+09|2026-11-21T15:00:00Z
      timestamptz|timestamptz|294247-01-10 04:00:54.775807+00|+294247-01-10T04:00:54.775807Z
      interval|string|1 year 2 mons -3 days 04:05:06.7|P1Y2M-3DT4H5M6.7S
      uuid|uuid|123e4567-e89b-12d3-a456-426614174000|123e4567e89b12d3a456426614174000
      bytea|binary|\\x00ff27|00ff27
      bytea|binary|\\x|
      bit(3)|string|101|101
      varbit|string|0001|0001
      inet|string|10.0.0.1|10.0.0.1/32
      cidr|string|10.1.0.0/16|10.1.0.0/16
      macaddr|string|08:00:2b:01:02:03|08:00:2b:01:02:03
      int4range|string|[1,5]|[1,6)
      nummultirange|string|{[1,2],[4,5)}|{[1,2],[4,5)}
      point|string|(1,2.5)|(1,2.5)
      pair|string|(1,"a,b")|(1,"a,b")
      tsvector|string|fat cat|'cat' 'fat'
      regclass|string|pg_class|pg_class
      int4[]|list<int>|{1,NULL,-3}|[1,null,-3]
      int8[]|list<long>|[5:6]={1,2}|[1,2]
      text[]|list<string>|{}|[]
      text[]|list<string>|{"a,b","",NULL}|[a,b,,null]
      numeric(6,2)[]|list<decimal(6, 2)>|{1.5,NULL}|[1.50,null]
      numeric[]|list<string>|{NaN,1.50}|[NaN,1.50]
      timestamptz[]|list<timestamptz>|{2026-11-22 00:00+09}|[2026-11-21T15:00:00Z]
      mood[]|list<string>|{ok,sad}|[ok,sad]
      price[]|list<decimal(10, 2)>|{1.5}|[1.50]
      pair[]|list<string>|{"(1,a)"}|[(1,a)]
      inet[]|list<string>|{10.0.0.0/8}|[10.0.0.0/8]
      money[]|list<decimal(19, 2)>|{1.5}|[1.50]
      tags|list<string>|{a,b}|[a,b]
      tags[]|list<string>|{"{a,b}",NULL}|[{a,b},null]
      """;

  /** Type, literal of a value that does not fit, and why. */
  private static final String UNFIT =
      """
      date|infinity|infinity is no day
      timestamp|-infinity|-infinity is no instant
      timestamptz|294276-12-31 00:00+00|an instant after 294247-01-10
      time|24:00|24:00:00 is not within a day
      numeric(4,2)|NaN|NaN is no number
      numeric|-Infinity|-Infinity is no number
      numeric|1.00000000001|1.00000000001 does not fit decimal(38, 10)
      numeric|12345678901234567890123456789|12345678901234567890123456789 does not fit
      numeric(4,2)[]|{NaN,1}|NaN is no number
      int4[]|{{1},{2}}|an array of 2 dimensions is no list
      """;

  private static final DecimalType WIDE = DecimalType.of(38, 10);

  private static CopyDatabase database;

  @BeforeAll
  static void start(@TempDir Path directory) {
    database = CopyDatabase.start(directory);
    database.execute(
        """
        CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s "fine" 🎉');
        CREATE TYPE pair AS (a int, b text);
        CREATE DOMAIN price AS numeric(10, 2) CHECK (VALUE >= 0);
        CREATE DOMAIN list_price AS price;
        CREATE DOMAIN tags AS text[];
        CREATE FUNCTION random_decimal(i int, digits int, scale int) RETURNS numeric LANGUAGE sql AS $$
          SELECT CAST((CASE WHEN i % 2 = 0 THEN '-' ELSE '' END)
            || substr(translate(repeat(md5('' || i), 2), 'abcdef', '000019'), 1, 1 + i % digits)
            || 'e-' || scale AS numeric) $$;
        """);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void everyTypeHasAPlace() {
    // Given a column for each type, with a value and a null
    List<String[]> cases = cases(VALUES, 4);
    create("every_type", cases.stream().map(c -> c[0]).toList());
    insert("every_type", cases.stream().map(c -> c[2]).toList());
    database.execute("INSERT INTO every_type DEFAULT VALUES");

    // When
    CopiedRows rows = database.read("every_type");

    // Then
    assertThat(IntStream.range(0, cases.size()).mapToObj(i -> told(cases.get(i)[0], rows, i)))
        .containsExactlyElementsOf(
            cases.stream().map(c -> "%s: %s [%s, null]".formatted(c[0], c[1], c[3])).toList());
  }

  @Test
  void whatFitsNoTypeBecomesNullWhereThatIsThePolicy() {
    // Given
    List<String[]> cases = cases(UNFIT, 3);
    create("unfit", cases.stream().map(c -> c[0]).toList());
    insert("unfit", cases.stream().map(c -> c[1]).toList());
    PostgresTable table = database.describe("public", "unfit");

    // When
    CopiedRows rows =
        database.read(
            CopyDatabase.query(table, wide(table), OnUnmappable.NULL), CopyRanges.of(table, 1, 1));

    // Then of a list, only the element
    for (int i = 0; i < cases.size(); i++) {
      String list = cases.get(i)[1].equals("{NaN,1}") ? "[null,1.00]" : "null";
      assertThat(rows.column("c" + i)).containsExactly(list);
      assertThat(rows.unfit()).containsEntry("c" + i, 1L);
    }
  }

  @Test
  void whatFitsNoTypeFailsByDefaultAndIsNamed() {
    // Given
    List<String[]> cases = cases(UNFIT, 3);
    create("misfit", cases.stream().map(c -> c[0]).toList());
    insert("misfit", cases.stream().map(c -> c[1]).toList());
    PostgresTable table = database.describe("public", "misfit");

    for (int i = 0; i < cases.size(); i++) {
      CopyQuery one = CopyDatabase.query(table, wide(table).subList(i, i + 1), OnUnmappable.FAIL);
      // When / Then
      assertThatThrownBy(() -> database.read(one, CopyRanges.of(table, 1, 1)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining(
              "Cannot read column c%d of \"public\".\"misfit\": %s".formatted(i, cases.get(i)[2]))
          .hasMessageContaining("become null");
    }
  }

  @Test
  void decimalsOfAnySizeAreExact() {
    // Given numbers of all lengths up to the precision, and both signs
    List<String> types = List.of("9, 2", "9, 9", "18, 4", "18, 0", "19, 19", "24, 7", "38, 10");
    create("sizes", types.stream().map("numeric(%s)"::formatted).toList());
    String values =
        types.stream().map("random_decimal(i, %s)"::formatted).collect(Collectors.joining(", "));
    database.execute("INSERT INTO sizes SELECT " + values + " FROM generate_series(0, 999) i");

    // When
    CopiedRows rows = database.read("sizes");

    // Then
    for (int i = 0; i < types.size(); i++) {
      assertThat(rows.column("c" + i))
          .isEqualTo(database.strings("SELECT c%d FROM sizes ORDER BY ctid".formatted(i)));
    }
  }

  @Test
  void anUnfitKeyFailsWhateverThePolicy() {
    // Given
    database.execute(
        "CREATE TABLE key (day date PRIMARY KEY); INSERT INTO key VALUES ('infinity')");
    PostgresTable table = database.describe("public", "key");
    CopyQuery query =
        CopyDatabase.query(table, CopyDatabase.query(table).columns(), OnUnmappable.NULL);

    // When / Then
    assertThatThrownBy(() -> database.read(query, CopyRanges.of(table, 1, 1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("It is part of the key");
  }

  /** Returns the columns, with numerics without a precision asked for as decimals. */
  private static List<CopyColumn> wide(PostgresTable table) {
    return CopyDatabase.query(table).columns().stream()
        .map(
            column ->
                column.typeName().equals("numeric")
                    ? (CopyColumn) column.as(WIDE).orElseThrow()
                    : column)
        .toList();
  }

  private static List<String[]> cases(String lines, int cells) {
    return lines.lines().map(line -> line.split("\\|", cells)).toList();
  }

  private static void create(String table, List<String> types) {
    database.execute(
        IntStream.range(0, types.size())
            .mapToObj(i -> "c" + i + " " + types.get(i))
            .collect(Collectors.joining(", ", "CREATE TABLE " + table + " (", ")")));
  }

  private static void insert(String table, List<String> values) {
    database.execute(
        values.stream()
            .map(value -> "'" + value.replace("'", "''") + "'")
            .collect(Collectors.joining(", ", "INSERT INTO " + table + " VALUES (", ")")));
  }

  private static String told(String type, CopiedRows rows, int i) {
    String column = "c" + i;
    return "%s: %s %s".formatted(type, rows.schema().findType(column), rows.column(column));
  }
}
