package io.tidemark.batch.internal.jdbc;

import java.sql.SQLException;
import java.util.StringJoiner;

/**
 * The sum of a range's rows: the CRC-32 of each row as the text protocol brings it, with the length
 * before each field, which the database can compute as well.
 */
final class RowProof {

  private static final String NULL = "x'FB'";

  private RowProof() {}

  static String of(long sum) {
    return "crc32 " + sum;
  }

  /** Has the database compute it in the session's snapshot. */
  static String of(JdbcConnection connection, JdbcQuery query, KeyRange range) throws SQLException {
    StringJoiner row = new StringJoiner(", ", "CONCAT(", ")");
    StringJoiner fields = new StringJoiner(", ");
    for (int i = 0; i < query.columns().size(); i++) {
      String field = "f" + i;
      row.add("IFNULL(CONCAT(%s, %s), %s)".formatted(length("LENGTH(" + field + ")"), field, NULL));
      fields.add("%s AS %s".formatted(bytes("c" + i, query.columns().get(i)), field));
    }
    String sql =
        "SELECT COALESCE(SUM(CRC32(%s)), 0) FROM (SELECT %s FROM (%s) q) p"
            .formatted(row, fields, query.select(range));
    return of(connection.rows(sql, result -> result.getLong(1)).get(0));
  }

  private static String bytes(String column, JdbcSelection selection) {
    return switch (selection.type().typeId()) {
      case BINARY -> column;
      case STRING -> "CAST(CONVERT(%s USING utf8mb4) AS BINARY)".formatted(column);
      default -> "CAST(CAST(%s AS CHAR) AS BINARY)".formatted(column);
    };
  }

  private static String length(String n) {
    return """
        CASE WHEN %1$s < 251 THEN CHAR(%1$s USING binary)
        WHEN %1$s < 65536 THEN CHAR(252, %1$s %% 256, %1$s DIV 256 USING binary)
        WHEN %1$s < 16777216 THEN CHAR(253, %1$s %% 256, %1$s DIV 256 %% 256, %1$s DIV 65536 USING binary)
        ELSE CHAR(254, %1$s %% 256, %1$s DIV 256 %% 256, %1$s DIV 65536 %% 256, %1$s DIV 16777216, 0, 0, 0, 0 USING binary) END"""
        .formatted(n);
  }
}
