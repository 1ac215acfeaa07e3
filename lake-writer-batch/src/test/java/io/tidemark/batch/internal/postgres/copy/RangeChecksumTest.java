package io.tidemark.batch.internal.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.batch.internal.postgres.Session;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database and the vectors come to the same sums, and to others when a value changes. */
class RangeChecksumTest {

  private static CopyDatabase database;

  @BeforeAll
  static void start(@TempDir Path directory) {
    database = CopyDatabase.start(directory);
    database.execute(
        """
        CREATE TYPE mood AS ENUM ('sad', 'ok', 'fine');
        CREATE TABLE mixed AS
        SELECT i % 2 = 0 AS truth, CAST(r * 30000 AS int2) AS small, CAST((r - 0.5) * 4e9 AS int4) AS medium,
          CAST((r - 0.5) * 1.8e19 AS int8) AS big, CAST(r AS float4) AS single, (r - 0.5) * 1e300 AS double,
          CASE i % 5 WHEN 0 THEN float8 'NaN' WHEN 1 THEN float8 '-0' ELSE -r END AS odd,
          CAST(r AS numeric(9, 5)) AS d9, CAST((r - 0.5) * 1e12 AS numeric(18, 4)) AS d18,
          CAST((r - 0.5) * 1e25 AS numeric(38, 12)) AS d38, CAST(r AS numeric) AS free,
          CAST((r - 0.5) * 1e9 AS numeric)::money AS cash,
          repeat('ä🎉x', i % 9) AS words, CAST(md5('' || i) AS char(40)) AS padded, md5('' || i)::varchar AS hash,
          CAST('n' || i AS name) AS name, (enum_range(NULL::mood))[1 + i % 3] AS mood,
          CAST('{"a": ' || i || '}' AS jsonb) AS jsonb, CAST('{"a":' || i || '}' AS json) AS json,
          DATE '1600-01-01' + CAST(r * 300000 AS int4) AS day, TIME '00:00' + interval '1 us' * CAST(r * 8e10 AS int8) AS time,
          TIMESTAMP '1900-01-01' + interval '1 us' * CAST(r * 8e15 AS int8) AS stamp,
          TIMESTAMPTZ '1900-01-01' + interval '1 us' * CAST(r * 8e15 AS int8) AS instant,
          interval '1 s' * (r * 1e6) AS span, CAST(md5('u' || i) AS uuid) AS uuid,
          decode(substr(md5('b' || i), 1, 2 * (i % 16)), 'hex') AS bytes, CAST(i AS oid) AS oid,
          inet '10.0.0.0' + i AS address, int4range(i, i + 7) AS range, point(i, r) AS point,
          CASE WHEN i % 3 > 0 THEN ARRAY[i, NULL, -i] WHEN i % 2 > 0 THEN CAST('{}' AS int4[]) END AS ints,
          ARRAY[md5('' || i), 'x', NULL] AS texts, ARRAY[DATE '2000-01-01' + i] AS days,
          ARRAY[CAST(r AS numeric(8, 3))] AS decimals, ARRAY[CAST(r AS float4)] AS singles,
          ARRAY[CAST('ab' AS char(4))] AS chars, CAST(NULL AS text) AS never
        FROM generate_series(1, 3000) i, LATERAL (SELECT random() + 0 * i) AS x (r);
        INSERT INTO mixed (truth) SELECT NULL FROM generate_series(1, 50)
        """);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void vectorsComeToWhatTheDatabaseAddsUp() {
    // Given
    PostgresTable table = database.describe("public", "mixed");
    CopyQuery query = CopyQuery.of(table, ValuePolicy.strict());
    List<CopyRange> ranges = CopyRanges.of(table, 400_000, 1);
    assertThat(ranges).hasSizeGreaterThan(2);

    for (CopyRange range : ranges) {
      // When
      RangeChecksum copied = database.read(query, List.of(range)).checksum();

      // Then
      assertThat(copied.rows()).isPositive();
      assertThat(copied).isEqualTo(sum(query, range));
    }
  }

  @Test
  void aValueThatChangesChangesTheSum() {
    // Given
    database.execute("CREATE TABLE twice AS SELECT 'b' AS a, 'a' AS b UNION ALL SELECT 'a', 'c'");
    PostgresTable table = database.describe("public", "twice");
    CopyQuery query = CopyQuery.of(table, ValuePolicy.strict());
    RangeChecksum before = sum(query, CopyRange.whole(table.leaves().get(0)));

    // When two rows of one column change places, and a value of the other changes
    database.execute("UPDATE twice SET a = CASE a WHEN 'a' THEN 'b' ELSE 'a' END, b = upper(b)");

    // Then
    RangeChecksum after = sum(query, CopyRange.whole(table.leaves().get(0)));
    assertThat(after.columns().get(0)).isEqualTo(before.columns().get(0));
    assertThat(after.columns().get(1)).isNotEqualTo(before.columns().get(1));
  }

  @Test
  void rowsThatSwapValuesHaveOtherVersions() {
    // Given
    database.execute("CREATE TABLE swapped AS SELECT i AS id FROM generate_series(1, 2000) i");
    List<RangeVersions> before = versions("swapped");

    // When
    database.execute("UPDATE swapped SET id = 3 - id WHERE id IN (1, 2)");
    database.execute("VACUUM FREEZE swapped");

    // Then only in the range they are in, though where they went is in the last one
    List<RangeVersions> after = versions("swapped");
    assertThat(before).hasSizeGreaterThan(3);
    assertThat(after).hasSameSizeAs(before);
    assertThat(after.get(0)).isNotEqualTo(before.get(0));
    assertThat(after.subList(1, after.size() - 1)).isEqualTo(before.subList(1, before.size() - 1));
  }

  private static List<RangeVersions> versions(String name) {
    try (Session session = database.open()) {
      PostgresTable table = new PostgresCatalog(session).describe("public", name);
      CopyQuery query = CopyQuery.of(table, ValuePolicy.strict());
      return CopyRanges.of(table, 1, 1).stream()
          .map(range -> RangeVersions.of(session, query, range).orElseThrow())
          .toList();
    }
  }

  private static RangeChecksum sum(CopyQuery query, CopyRange range) {
    try (Session session = database.open()) {
      return ChecksumQuery.run(session, query, range);
    }
  }
}
