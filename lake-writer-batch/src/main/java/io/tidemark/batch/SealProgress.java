package io.tidemark.batch;

/**
 * How far the read of a seal has come.
 *
 * @param rowsRead the rows read so far
 * @param rowsExpected how many rows the database's planner expects, which may be far off; 0 where
 *     it does not tell
 */
public record SealProgress(long rowsRead, long rowsExpected) {}
