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
 * one width then serve as ranges, none of which has twice its share of the rows; the ends of the
 * index say where they are.
 *
 * @param column its only column, quoted
 */
record DenseKey(JdbcConnection connection, JdbcTable table, String column) {

  /** So many numbers there may be for each row that the database estimates. */
  private static final long MOST_NUMBERS = 2;

  /** Returns a table's key, where it is one whole number. */
  static Optional<DenseKey> of(JdbcConnection connection, JdbcTable table, TableKey key) {
    String name = key.columns().get(0);
    boolean whole =
        key.columns().size() == 1
            && table.columns().stream().anyMatch(c -> c.name().equals(name) && isWhole(c.type()));
    return whole
        ? Optional.of(new DenseKey(connection, table, table.dialect().quoted(name)))
        : Optional.empty();
  }

  private static boolean isWhole(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG -> true;
      case DECIMAL -> ((DecimalType) type).scale() == 0;
      default -> false;
    };
  }

  /** Returns the edges between so many ranges, in ascending order; empty where it is not dense. */
  Optional<List<List<String>>> edges(int parts) throws SQLException {
    BigInteger least = end("MIN");
    BigInteger greatest = end("MAX");
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

  /** Both ends at once would have some databases read the whole index. */
  private @Nullable BigInteger end(String function) throws SQLException {
    String sql = "SELECT %s(%s) FROM %s".formatted(function, column, table.from());
    BigDecimal end = connection.rows(sql, row -> row.getBigDecimal(1)).get(0);
    return end == null ? null : end.toBigIntegerExact();
  }
}
