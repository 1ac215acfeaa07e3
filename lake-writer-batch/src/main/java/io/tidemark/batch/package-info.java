/**
 * The batch writer: takes the windows of a unified table over with authoritative rows, and loads
 * whole tables of databases into plain ones.
 *
 * <p>A <em>seal</em> is one bounded Flink job that ends in one commit. {@link
 * io.tidemark.batch.Seal} does it with the rows of any bounded stream, {@link
 * io.tidemark.batch.SealRun} with those of the query that the manifest names. Rows are sorted by
 * partition, period and key, so that one pass finds duplicates with bounded memory and writes one
 * file at a time. Whatever an audit objects to is found before the commit.
 *
 * <p>A <em>load</em> brings the rows of a database's table into a plain table, all of them, those
 * that were added or those that changed. One {@link io.tidemark.batch.LoadRun} loads any number of
 * tables in one job, each in a commit of its own that was compared with the database before.
 */
@NullMarked
package io.tidemark.batch;

import org.jspecify.annotations.NullMarked;
