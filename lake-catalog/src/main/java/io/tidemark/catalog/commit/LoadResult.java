package io.tidemark.catalog.commit;

/**
 * What became of a load.
 *
 * @param mode what became of the rows there were; where the snapshot of a run before is not
 *     retained, what becomes of them in the loads that it was one of
 * @param snapshotId the snapshot that holds it
 * @param alreadyLoaded whether the run had landed before, and nothing was done
 * @param rows the rows it brought
 * @param replaced the rows that an upsert took out; 0 in the other modes, and where the snapshot of
 *     a run before is not retained
 */
public record LoadResult(
    Load.Mode mode, long snapshotId, boolean alreadyLoaded, long rows, long replaced) {}
