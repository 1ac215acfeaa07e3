/**
 * Column vectors and a Parquet writer that takes them as they are: no row object stands between a
 * source's wire and a page. A {@link io.tidemark.batch.internal.columnar.RowReader} reads the
 * current row of a source, value by value, into the vectors of the partition that the row belongs
 * to; a batch of vectors becomes the pages of one data file, column by column. Knows neither JDBC
 * nor Flink.
 */
@NullMarked
package io.tidemark.batch.internal.columnar;

import org.jspecify.annotations.NullMarked;
