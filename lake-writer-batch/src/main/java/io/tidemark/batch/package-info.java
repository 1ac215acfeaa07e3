/**
 * The batch writer: takes the windows of a unified table over with authoritative rows.
 *
 * <p>A <em>seal</em> is one bounded Flink job that ends in one commit. {@link
 * io.tidemark.batch.Seal} does it with the rows of any bounded stream, {@link
 * io.tidemark.batch.SealRun} with those of the query that the manifest names. Rows are sorted by
 * partition, period and key, so that one pass finds duplicates with bounded memory and writes one
 * file at a time. Whatever an audit objects to is found before the commit.
 */
@NullMarked
package io.tidemark.batch;

import org.jspecify.annotations.NullMarked;
