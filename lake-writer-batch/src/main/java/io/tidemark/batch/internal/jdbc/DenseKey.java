package io.tidemark.batch.internal.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * The key of a table whose rows are numbered with few gaps, as databases number them. Intervals of
 * one width then serve as ranges: none has more than twice its share of the rows, as far as the
 * database's estimate is right. The ends of the index say where they are.
 */
final class DenseKey {

  /** So many numbers there may be for each row that the database estimates. */
  private static final long MOST_NUMBERS = 2;

  private DenseKey() {}

  /**
   * Returns the edges between so many ranges, in ascending order; empty where the key is not one
   * whole number, or is not dense.
   */
  static Optional<List<List<String>>> edges(
      JdbcConnection connection, JdbcTable table, TableKey key, int parts) throws SQLException {
    if (!isWholeNumber(table, key)) {
      return Optional.empty();
    }
    String column = table.dialect().quoted(key.columns().get(0));
    BigInteger least = end(connection, table, "MIN(%s)".formatted(column));
    BigInteger greatest = end(connection, table, "MAX(%s)".formatted(column));
    if (least == null || greatest == null) {
      return Optional.empty();
    }
    BigInteger width = greatest.subtract(least).add(BigInteger.ONE);
    BigInteger most = BigInteger.valueOf(MOST_NUMBERS * table.estimatedRows());
    if (width.compareTo(most) > 0 || width.compareTo(BigInteger.valueOf(parts)) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        IntStream.range(1, parts)
            .mapToObj(i -> width.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(parts)))
            .map(offset -> List.of(least.add(offset).toString()))
            .toList());
  }

  private static boolean isWholeNumber(JdbcTable table, TableKey key) {
    return key.columns().size() == 1
        && table.columns().stream()
            .anyMatch(c -> key.columns().contains(c.name()) && isWhole(c.type()));
  }

  private static boolean isWhole(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG -> true;
      case DECIMAL -> ((DecimalType) type).scale() == 0;
      default -> false;
    };
  }

  /** Both ends at once would have some databases read the whole index. */
  private static @Nullable BigInteger end(JdbcConnection connection, JdbcTable table, String end)
      throws SQLException {
    String sql = "SELECT %s FROM %s".formatted(end, table.from());
    BigDecimal value = connection.rows(sql, row -> row.getBigDecimal(1)).get(0);
    return value == null ? null : value.toBigIntegerExact();
  }
}
