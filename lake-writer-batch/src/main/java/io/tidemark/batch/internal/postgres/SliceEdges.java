package io.tidemark.batch.internal.postgres;

import static io.tidemark.batch.internal.postgres.Identifiers.quoted;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the edges that cut a query into parts of about one size. Edges need not be good for
 * anything but speed: wherever they lie, no row is lost.
 */
final class SliceEdges {

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

  private SliceEdges() {}

  static boolean canSplitBy(PostgresType type) {
    return type.isBuiltIn() && SPLITTABLE.contains(type.name());
  }

  /** Has the database take quantiles of a sample of about one row in a hundred. */
  static List<String> ofSample(Session session, String sql, PostgresColumn by, int parts) {
    String column = "q." + quoted(by.name());
    String sample =
        "SELECT CAST(percentile_disc(ARRAY[%s]) WITHIN GROUP (ORDER BY s.c) AS text[]) FROM (SELECT %s AS c FROM (\n%s\n) q WHERE %s IS NOT NULL AND random() < 0.01) s"
            .formatted(fractions(parts), column, sql, column);
    try (Statement statement = session.statement();
        ResultSet result = statement.executeQuery(sample)) {
      result.next();
      Array edges = result.getArray(1);
      return edges == null ? List.of() : distinct((String[]) edges.getArray());
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
