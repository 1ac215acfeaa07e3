package io.tidemark.batch.internal.source;

/**
 * Where a snapshot stands among the transactions of its database.
 *
 * @param oldest the oldest transaction that was not over, for people
 * @param text all there is to tell, in the source's own form
 */
public record TransactionMark(String oldest, String text) {}
