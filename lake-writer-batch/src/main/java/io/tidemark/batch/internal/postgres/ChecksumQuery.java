package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.source.ChecksumAccumulator;
import io.tidemark.batch.internal.source.ColumnChecksum;
import io.tidemark.batch.internal.source.RangeChecksum;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.apache.iceberg.types.Type;

/**
 * Has the database add up what the rows of a range come to, as {@link ChecksumAccumulator} does
 * from vectors. Values that fit no type and became null there can only be counted here.
 */
final class ChecksumQuery {

  private static final int PARTS = 3;

  private ChecksumQuery() {}

  /**
   * Counts the rows of a range in the session's snapshot.
   *
   * @throws io.tidemark.catalog.LakeException if the database or the connection fails
   */
  static long count(Session session, CopyQuery query, CopyRange range) {
    String sql =
        "SELECT count(*) FROM %s AS %s%s"
            .formatted(range.leaf().from(), query.alias(), query.where(range));
    try (Statement statement = session.statement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /**
   * Adds up a range in the session's snapshot.
   *
   * @param counted the columns whose sum is of no use, and 0
   * @throws io.tidemark.catalog.LakeException if the database or the connection fails
   */
  static RangeChecksum run(Session session, CopyQuery query, CopyRange range, Set<String> counted) {
    try (Statement statement = session.statement();
        ResultSet result = statement.executeQuery(sql(query, range, counted, textHash(session)))) {
      result.next();
      return checksum((String[]) result.getArray(1).getArray());
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  /** Takes an array, for a table can have more columns than a third of what a row may have. */
  private static String sql(
      CopyQuery query, CopyRange range, Set<String> counted, UnaryOperator<String> textHash) {
    TypeTable types = query.types();
    StringJoiner sums = new StringJoiner(", ", "SELECT CAST(ARRAY[count(*), ", "] AS text[])");
    for (int i = 0; i < query.columns().size(); i++) {
      CopyColumn column = query.columns().get(i);
      PostgresType type = column.type();
      sums.add(
          counted.contains(column.name())
              ? count("c" + i, type)
              : parts("c" + i, type, types.of(type).type(), textHash));
    }
    return sums + " FROM (" + query.select(range) + ") AS q";
  }

  /** An array of several dimensions became null as one value, whatever is in it. */
  private static String count(String column, PostgresType type) {
    return type.element() == null
        ? "count(%s), 0, 0".formatted(column)
        : "count(%1$s), sum((SELECT count(e) FROM unnest(%1$s) AS u (e) WHERE array_ndims(%1$s) = 1)), 0"
            .formatted(column);
  }

  private static String parts(
      String column, PostgresType type, Type iceberg, UnaryOperator<String> textHash) {
    if (type.element() == null) {
      return "count(%1$s), 0, sum(%2$s)".formatted(column, number(column, type, iceberg, textHash));
    }
    String element = number("e", type.element(), iceberg.asListType().elementType(), textHash);
    return "count(%1$s), sum((SELECT count(e) FROM unnest(%1$s) AS u (e))), sum((SELECT sum(%2$s) FROM unnest(%1$s) AS u (e)))"
        .formatted(column, element);
  }

  /** Returns the number that stands for a value, as exact as the value is. */
  private static String number(
      String value, PostgresType type, Type iceberg, UnaryOperator<String> textHash) {
    return switch (iceberg.typeId()) {
      case BOOLEAN -> "CAST(%s AS int4)".formatted(value);
      case INTEGER -> "CAST(%s AS int8)".formatted(value);
      case LONG -> "CAST(%s AS int8)".formatted(value);
      case DECIMAL -> value;
      case FLOAT -> "hashfloat4extended(%s, 0)".formatted(value);
      case DOUBLE -> "hashfloat8extended(%s, 0)".formatted(value);
      case DATE -> "CAST(%s - DATE '1970-01-01' AS int8)".formatted(value);
      case TIME, TIMESTAMP -> "CAST(extract(epoch FROM %s) * 1000000 AS int8)".formatted(value);
      case UUID -> "uuid_hash_extended(%s, 0)".formatted(value);
      case BINARY -> hash("encode(%s, 'hex')".formatted(value));
      case STRING -> textHash.apply(text(value, type));
      default -> throw new IllegalArgumentException("Cannot add up " + iceberg);
    };
  }

  /** Texts are UTF-8 in the files, whatever the database keeps; of SQL_ASCII nobody knows. */
  private static UnaryOperator<String> textHash(Session session) throws SQLException {
    String encoding = session.encoding();
    return encoding.equals("UTF8") || encoding.equals("SQL_ASCII")
        ? ChecksumQuery::hash
        : ChecksumQuery::hashOfUtf8;
  }

  /** Bytes are hashed where they are elements; an array of one adds 31. */
  private static String hashOfUtf8(String text) {
    return "CAST(hash_array_extended(ARRAY[convert_to(%s, 'UTF8')], 0) AS numeric) - 31"
        .formatted(text);
  }

  private static String hash(String text) {
    return "hashtextextended(%s COLLATE \"C\", 0)".formatted(text);
  }

  /** Only the function that writes it out keeps the blanks at the end of a {@code char(n)}. */
  private static String text(String value, PostgresType type) {
    return type.isBuiltIn() && type.name().equals("bpchar")
        ? "textin(bpcharout(%s))".formatted(value)
        : "CAST(%s AS text)".formatted(value);
  }

  private static RangeChecksum checksum(String[] numbers) {
    List<ColumnChecksum> columns = new ArrayList<>();
    for (int i = 1; i < numbers.length; i += PARTS) {
      columns.add(
          new ColumnChecksum(
              Long.parseLong(numbers[i]),
              orZero(numbers[i + 1]).longValueExact(),
              orZero(numbers[i + 2])));
    }
    return new RangeChecksum(Long.parseLong(numbers[0]), columns);
  }

  private static BigDecimal orZero(String number) {
    return number == null ? BigDecimal.ZERO : new BigDecimal(number);
  }
}
