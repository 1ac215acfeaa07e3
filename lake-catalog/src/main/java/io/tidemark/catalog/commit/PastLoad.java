package io.tidemark.catalog.commit;

import java.time.Instant;

/**
 * A load that is part of main.
 *
 * @param runId the run
 * @param mode what became of the rows there were
 * @param source where its rows came from, for people
 * @param rows the rows it brought
 * @param replaced the rows that an upsert took out
 * @param snapshotId the snapshot that holds it
 * @param committedAt when it was committed
 */
public record PastLoad(
    String runId,
    Load.Mode mode,
    String source,
    long rows,
    long replaced,
    long snapshotId,
    Instant committedAt) {}
