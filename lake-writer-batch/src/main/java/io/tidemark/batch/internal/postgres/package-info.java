/**
 * Reads PostgreSQL, whole tables and what queries bring, by binary {@code COPY}: what the catalogs
 * say of a table, which Iceberg type its columns become, the ranges of pages it is cut into, and
 * the rows of a range, decoded from the wire into column vectors. Nothing here knows Flink or
 * Parquet.
 */
@NullMarked
package io.tidemark.batch.internal.postgres;

import org.jspecify.annotations.NullMarked;
