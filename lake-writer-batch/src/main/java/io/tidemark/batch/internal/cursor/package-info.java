/** Positions in a column of a source that grows as rows come: values, their order and their SQL. */
@NullMarked
package io.tidemark.batch.internal.cursor;

import org.jspecify.annotations.NullMarked;
