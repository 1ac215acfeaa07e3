/**
 * A bounded source that reads a query in parallel and loses nothing: ranges of one column with open
 * ends, a split for its nulls, and one exported snapshot for all connections. It reads once; it is
 * not resumed.
 */
@NullMarked
package io.tidemark.batch.internal.postgres;

import org.jspecify.annotations.NullMarked;
