/**
 * A deterministic simulation of the commit layer.
 *
 * <p>The real commit layer, over Iceberg's real code, runs on a catalog and files in memory.
 * Streams, batch jobs, upkeep and strangers are actors that run one at a time; at every use of the
 * catalog or of a file the next one is picked by a seeded generator, so that a seed is an
 * interleaving. Swaps get wrong answers, processes end, commits land late. An oracle knows what
 * every snapshot ought to hold and compares, at every snapshot of main.
 */
@NullMarked
package io.tidemark.catalog.simulation;

import org.jspecify.annotations.NullMarked;
