package io.tidemark.batch;

/**
 * How far a run of loads has come.
 *
 * @param rowsRead the rows read so far, or taken over from an attempt before
 * @param rowsExpected how many rows the databases expect, which may be far off; tables of which a
 *     part is read do not count
 * @param tablesLoaded the tables that are committed
 * @param tables all tables of the run
 */
public record LoadProgress(long rowsRead, long rowsExpected, int tablesLoaded, int tables) {}
