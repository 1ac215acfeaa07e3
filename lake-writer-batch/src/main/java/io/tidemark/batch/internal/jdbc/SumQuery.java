package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.ColumnChecksum;
import io.tidemark.batch.internal.source.RangeChecksum;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** Has the database add up what the rows of a range come to. */
final class SumQuery {

  private SumQuery() {}

  /**
   * Adds up a range in the session's snapshot.
   *
   * @param counted the columns whose sum is of no use, and 0
   */
  static RangeChecksum run(
      JdbcConnection connection, JdbcQuery query, KeyRange range, Set<String> counted)
      throws SQLException {
    int columns = query.columns().size();
    return connection.rows(sql(query, range, counted), row -> checksum(row, columns)).get(0);
  }

  private static String sql(JdbcQuery query, KeyRange range, Set<String> counted) {
    StringJoiner sums = new StringJoiner(", ", "SELECT COUNT(*), ", "");
    for (int i = 0; i < query.columns().size(); i++) {
      JdbcSelection column = query.columns().get(i);
      String value = "c" + i;
      sums.add("COUNT(%s)".formatted(value));
      sums.add(
          counted.contains(column.name())
              ? "0"
              : query.dialect().number(value, column.type()).map("SUM(%s)"::formatted).orElse("0"));
    }
    return "%s FROM (%s) q".formatted(sums, query.select(range));
  }

  private static RangeChecksum checksum(ResultSet row, int columns) throws SQLException {
    List<ColumnChecksum> sums = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      BigDecimal sum = row.getBigDecimal(3 + 2 * i);
      sums.add(new ColumnChecksum(row.getLong(2 + 2 * i), 0, sum == null ? BigDecimal.ZERO : sum));
    }
    return new RangeChecksum(row.getLong(1), sums);
  }
}
