/**
 * Reads tables of MariaDB, MySQL and any other database with a JDBC driver: what the catalog says
 * of a table, which Iceberg type its columns become, the ranges of keys it is cut into, and the
 * rows of a range, decoded into column vectors. Nothing here knows Flink or Parquet.
 */
@NullMarked
package io.tidemark.batch.internal.jdbc;

import org.jspecify.annotations.NullMarked;
