package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.SettledQuery.quote;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Finds the edges that cut a query into parts of about one size. Edges need not be good for
 * anything but speed: wherever they lie, no row is lost.
 */
final class SplitEdges {

  /** Types whose values come back from a text as they went. */
  private static final Set<String> SPLITTABLE =
      Set.of(
          "int2",
          "int4",
          "int8",
          "numeric",
          "date",
          "timestamp",
          "timestamptz",
          "text",
          "varchar",
          "uuid");

  private SplitEdges() {}

  static boolean canSplitBy(String type) {
    return SPLITTABLE.contains(type);
  }

  /** Cuts the windows themselves, at full seconds, and asks nobody. */
  static List<String> ofPeriod(SettledQuery query, int parts) {
    long start = query.range().lo().getEpochSecond();
    long seconds = query.range().hi().getEpochSecond() - start;
    return LongStream.range(1, parts)
        .map(i -> start + seconds * i / parts)
        .distinct()
        .mapToObj(second -> query.edge(Instant.ofEpochSecond(second)))
        .toList();
  }

  /** Has the database take quantiles of a sample of about one row in a hundred. */
  static List<String> ofSample(Session session, SettledQuery query, int parts) {
    String column = "q." + quote(query.splitBy());
    String sql =
        "SELECT CAST(percentile_disc(ARRAY[%s]) WITHIN GROUP (ORDER BY s.c) AS text[]) FROM (SELECT %s AS c FROM %s WHERE %s IS NOT NULL AND random() < 0.01) s"
            .formatted(fractions(parts), column, query.from(), column);
    try (PreparedStatement statement = session.prepare(sql)) {
      query.bind(statement);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        Array edges = result.getArray(1);
        return edges == null ? List.of() : distinct((String[]) edges.getArray());
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private static List<String> distinct(String[] ascending) {
    return List.copyOf(new LinkedHashSet<>(List.of(ascending)));
  }

  private static String fractions(int parts) {
    return IntStream.range(1, parts)
        .mapToObj(i -> "CAST(%d AS float8) / %d".formatted(i, parts))
        .collect(Collectors.joining(", "));
  }
}
