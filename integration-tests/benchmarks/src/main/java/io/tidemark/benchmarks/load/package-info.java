/**
 * {@code ./lake bench load}: full loads of PostgreSQL tables into Iceberg, by Tidemark, by Spark
 * and by Flink SQL in turn, beside the physical limit. Every load is a process of its own, and
 * every result is read back and compared with the source.
 */
package io.tidemark.benchmarks.load;
