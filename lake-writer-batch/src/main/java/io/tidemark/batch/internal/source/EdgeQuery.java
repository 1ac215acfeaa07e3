package io.tidemark.batch.internal.source;

import io.tidemark.catalog.manifest.QueryEdges;
import java.io.Serializable;
import java.time.Instant;
import java.util.function.Function;

/**
 * A query with {@code :lo} and {@code :hi} in it, which stand for the edges of what it is to bring.
 *
 * @param text the query as written
 * @param lo the first moment inside
 * @param hi the first moment after
 * @param zoned whether the database is to take edges as moments, or as local times in UTC
 */
public record EdgeQuery(String text, Instant lo, Instant hi, boolean zoned)
    implements Serializable {

  /**
   * Returns the query with its edges in it.
   *
   * @param literal writes a moment as a value of the database's SQL
   */
  public String sql(Function<Instant, String> literal) {
    return QueryEdges.bind(text, edge -> literal.apply(edge.equals("lo") ? lo : hi));
  }
}
