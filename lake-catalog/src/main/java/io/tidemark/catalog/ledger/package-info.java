/**
 * What sealed windows tell: how far the stream's figures had drifted from the batch's.
 *
 * <p>Everything here is computed after a commit from the snapshots it left behind; the commit
 * protocol never reads it.
 */
@NullMarked
package io.tidemark.catalog.ledger;

import org.jspecify.annotations.NullMarked;
