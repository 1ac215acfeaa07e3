package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceDatabase;
import java.util.Map;

/**
 * What is known of a table that was filled.
 *
 * @param bounds of its split column
 * @param digest of its columns, by name
 */
record SourceFacts(SourceDatabase.Bounds bounds, Map<String, ColumnDigest> digest) {}
