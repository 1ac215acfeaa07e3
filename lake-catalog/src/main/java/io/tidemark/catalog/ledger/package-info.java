/**
 * What is told of the past beside what the tables themselves say: how far the stream's figures had
 * drifted from the batch's when windows were sealed, and what runs of loads did.
 *
 * <p>Everything here is written after the fact; the commit protocol never reads it.
 */
@NullMarked
package io.tidemark.catalog.ledger;

import org.jspecify.annotations.NullMarked;
