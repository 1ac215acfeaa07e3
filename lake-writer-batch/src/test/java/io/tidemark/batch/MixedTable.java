package io.tidemark.batch;

/** A table of PostgreSQL with random values of all types that have a place in Iceberg. */
public final class MixedTable {

  /** Creates {@code mixed}. */
  public static final String CREATE =
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
      """;

  private MixedTable() {}
}
