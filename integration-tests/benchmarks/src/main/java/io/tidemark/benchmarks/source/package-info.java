/**
 * The rows that the benchmarks move: deterministic generators, filled into PostgreSQL or handed out
 * as ready columns.
 */
package io.tidemark.benchmarks.source;
