package io.tidemark.catalog.commit;

/**
 * What became of a load.
 *
 * @param snapshotId the snapshot that holds it
 * @param alreadyLoaded whether the run had landed before, and nothing was done
 * @param rows the rows it brought
 */
public record LoadResult(long snapshotId, boolean alreadyLoaded, long rows) {}
