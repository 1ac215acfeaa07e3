/**
 * The job of a seal: rows are routed to the writer of their partition, sorted by period and key,
 * audited and written in that order, and committed once. Nothing is committed where the audit has
 * found anything.
 */
@NullMarked
package io.tidemark.batch.internal.seal;

import org.jspecify.annotations.NullMarked;
