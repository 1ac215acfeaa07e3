/**
 * What loads and seals need of a database, whichever it is: what the catalog says of a table,
 * ranges that together hold every row once, rows read column by column into vectors, and the
 * database's own count and checksums of what was read. {@code internal.postgres} does it for
 * PostgreSQL and {@code internal.jdbc} for all others; {@code internal.load} knows neither.
 */
@NullMarked
package io.tidemark.batch.internal.source;

import org.jspecify.annotations.NullMarked;
