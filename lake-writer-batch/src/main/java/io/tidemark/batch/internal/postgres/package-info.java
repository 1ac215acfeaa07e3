/** Connections to PostgreSQL: one read-only transaction each, and what their errors mean. */
@NullMarked
package io.tidemark.batch.internal.postgres;

import org.jspecify.annotations.NullMarked;
