package io.tidemark.batch.internal.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * The key of a table whose rows are numbered with few gaps, as databases number them, by its first
 * column at least. Intervals of one width then serve as ranges: none has many times its share of
 * the rows, as far as the database's estimates are right. The ends of the index say where they are.
 */
final class DenseKey {

  /** So many numbers there may be for each row that the database estimates. */
  private static final long MOST_NUMBERS = 2;

  /** In so many parts the rows of a number are looked for that are too many. */
  private static final int SAMPLES = 64;

  /** So many times its share of the rows a sample may have; estimates are off by two as it is. */
  private static final long MOST_SHARES = 4;

  private final JdbcConnection connection;
  private final JdbcTable table;
  private final TableKey key;

  DenseKey(JdbcConnection connection, JdbcTable table, TableKey key) {
    this.connection = connection;
    this.table = table;
    this.key = key;
  }

  /** Numbers from some least one on. */
  private record Interval(BigInteger least, BigInteger width) {

    /** Returns the edges between so many parts. */
    List<List<String>> edges(int parts) {
      return IntStream.range(1, parts)
          .mapToObj(i -> width.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(parts)))
          .map(offset -> List.of(least.add(offset).toString()))
          .toList();
    }

    boolean isWithin(long narrowest, long widest) {
      return width.compareTo(BigInteger.valueOf(narrowest)) >= 0
          && width.compareTo(BigInteger.valueOf(widest)) <= 0;
    }
  }

  /**
   * Returns the edges between so many ranges, in ascending order; empty where the key does not
   * begin with a whole number, or is not dense.
   */
  Optional<List<List<String>>> edges(int parts) throws SQLException {
    if (!isWholeNumber()) {
      return Optional.empty();
    }
    BigInteger least = end("MIN");
    BigInteger greatest = end("MAX");
    if (least == null || greatest == null) {
      return Optional.empty();
    }
    Interval numbers = new Interval(least, greatest.subtract(least).add(BigInteger.ONE));
    return numbers.isWithin(parts, MOST_NUMBERS * table.estimatedRows()) && isEven(numbers)
        ? Optional.of(numbers.edges(parts))
        : Optional.empty();
  }

  private boolean isWholeNumber() {
    return table.columns().stream()
        .anyMatch(c -> key.columns().get(0).equals(c.name()) && isWhole(c.type()));
  }

  private static boolean isWhole(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG -> true;
      case DECIMAL -> ((DecimalType) type).scale() == 0;
      default -> false;
    };
  }

  /** Both ends at once would have some databases read the whole index. */
  private @Nullable BigInteger end(String function) throws SQLException {
    String sql =
        "SELECT %s(%s) FROM %s"
            .formatted(function, table.dialect().quoted(key.columns().get(0)), table.from());
    BigDecimal value = connection.rows(sql, row -> row.getBigDecimal(1)).get(0);
    return value == null ? null : value.toBigIntegerExact();
  }

  /** A number is that of one row where it is all of the key, and else of any number of rows. */
  private boolean isEven(Interval numbers) throws SQLException {
    if (key.columns().size() == 1) {
      return true;
    }
    if (!numbers.isWithin(SAMPLES, Long.MAX_VALUE)) {
      return false;
    }
    long most = MOST_SHARES * (table.estimatedRows() / SAMPLES + 1);
    for (KeyRange sample : KeyRange.all(table, numbers.edges(SAMPLES))) {
      OptionalLong rows = table.dialect().estimate(connection, table, sample);
      if (rows.isEmpty() || rows.getAsLong() > most) {
        return false;
      }
    }
    return true;
  }
}
