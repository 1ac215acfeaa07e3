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

/** Has PostgreSQL add up every column of a table. */
final class SourceDigest {
  private SourceDigest() {}

  static Map<String, ColumnDigest> of(SourceDatabase source, SourceTable table)
      throws SQLException {
    String sums =
        table.columns().stream()
            .map(SourceDigest::number)
            .map("count(%1$s), min(%1$s), max(%1$s), sum((%1$s)::numeric)"::formatted)
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

  private static String number(Column column) {
    String name = column.name();
    return switch (column.kind()) {
      case INT, LONG -> name;
      case DECIMAL -> name + " * 100";
      case DATE -> name + " - date '1970-01-01'";
      case TIMESTAMP -> "extract(epoch FROM %s) * 1000000".formatted(name);
      case TEXT -> "octet_length(%s)".formatted(name);
    };
  }
}
