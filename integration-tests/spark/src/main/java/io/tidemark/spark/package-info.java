/**
 * An independent reader of unified tables: Spark's Iceberg runtime, in a process and on a class
 * path of its own, which knows nothing of Tidemark and reads with plain SQL.
 */
package io.tidemark.spark;
