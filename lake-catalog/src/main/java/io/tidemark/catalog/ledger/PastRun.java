package io.tidemark.catalog.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run of loads did to one table.
 *
 * @param table the table, or the wildcard that came to none
 * @param runId the run
 * @param source where its rows come from, for people; null where that is not known
 * @param mode what became of the rows there were; what was asked for where it was not loaded
 * @param begun when the run began, to the microsecond
 * @param ended when the run ended
 * @param outcome what became of the table
 * @param rows the rows that it has from the run; 0 where it was not loaded
 * @param files the files they are in
 * @param snapshotId the snapshot that holds them; null where it was not loaded
 * @param message why it was not loaded, without secrets; null where it was
 */
public record PastRun(
    String table,
    String runId,
    @Nullable String source,
    String mode,
    Instant begun,
    Instant ended,
    Outcome outcome,
    long rows,
    int files,
    @Nullable Long snapshotId,
    @Nullable String message) {

  /** What became of a table. */
  public enum Outcome {
    /** It was loaded. */
    LOADED,
    /** The same run had loaded it before. */
    UNCHANGED,
    /** It was not loaded, and has the rows it had. */
    FAILED
  }
}
