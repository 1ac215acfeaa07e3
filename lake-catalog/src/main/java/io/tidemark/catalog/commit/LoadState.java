package io.tidemark.catalog.commit;

import java.io.Serializable;

/**
 * What a plain table says of the loads that go on from each other.
 *
 * @param position how far they have come
 * @param runId the run of the last one
 * @param rows the rows that it brought
 * @param anchor the snapshot that wrote this
 */
public record LoadState(LoadPosition position, String runId, long rows, Anchor anchor)
    implements Serializable {}
