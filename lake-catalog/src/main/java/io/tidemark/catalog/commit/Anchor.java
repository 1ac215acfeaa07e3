package io.tidemark.catalog.commit;

import java.io.Serializable;

/**
 * The snapshot that wrote a piece of state.
 *
 * @param snapshotId its id
 * @param sequenceNumber its sequence number, by which an expired anchor is told from a lost one
 */
public record Anchor(long snapshotId, long sequenceNumber) implements Serializable {}
