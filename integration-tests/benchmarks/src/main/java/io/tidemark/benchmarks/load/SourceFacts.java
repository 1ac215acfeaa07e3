package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceDatabase;
import io.tidemark.benchmarks.source.SourceTable;
import java.sql.SQLException;
import java.util.Map;

/**
 * What is known of a table that was filled.
 *
 * @param bounds of its split column
 * @param digest of its columns, by name
 */
public record SourceFacts(SourceDatabase.Bounds bounds, Map<String, ColumnDigest> digest) {

  /** Asks the database. */
  public static SourceFacts of(SourceDatabase source, SourceTable table) throws SQLException {
    return new SourceFacts(source.bounds(table), SourceDigest.of(source, table));
  }
}
