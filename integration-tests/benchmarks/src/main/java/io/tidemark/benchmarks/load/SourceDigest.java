package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.Column;
import io.tidemark.benchmarks.source.SourceDatabase;
import io.tidemark.benchmarks.source.SourceTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Has the database add up every column of a table. */
final class SourceDigest {
  private SourceDigest() {}

  static Map<String, ColumnDigest> of(SourceDatabase source, SourceTable table)
      throws SQLException {
    String sums =
        table.columns().stream()
            .map(source::number)
            .map("count(%1$s), min(%1$s), max(%1$s), sum(CAST(%1$s AS decimal(38, 0)))"::formatted)
            .collect(Collectors.joining(", "));
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT %s FROM %s".formatted(sums, table.tableName()))) {
      result.next();
      Map<String, ColumnDigest> digest = new LinkedHashMap<>();
      for (Column column : table.columns()) {
        digest.put(column.name(), column(result, 4 * digest.size()));
      }
      return digest;
    }
  }

  private static ColumnDigest column(ResultSet result, int before) throws SQLException {
    return new ColumnDigest(
        result.getLong(before + 1),
        result.getBigDecimal(before + 2).longValueExact(),
        result.getBigDecimal(before + 3).longValueExact(),
        result.getBigDecimal(before + 4).toBigIntegerExact());
  }
}
