package io.tidemark.batch;

import io.tidemark.catalog.commit.Load;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of one table of a run. */
public sealed interface LoadOutcome extends Serializable {

  /** Returns the table's name, dotted. */
  String table();

  /**
   * It was loaded.
   *
   * @param table the table
   * @param mode what became of the rows there were
   * @param rows the rows it has from this load
   * @param replaced the rows that an upsert took out
   * @param takenOver how many of the rows loaded an attempt before had read and written, which the
   *     database proved unchanged since
   * @param files the files they are in; 0 where the run had landed before
   * @param nulls the values that had no place in their column's type and became null
   * @param snapshotId the snapshot that holds the load
   * @param alreadyLoaded whether the run had landed before, and nothing was done
   * @param parity what was found the same in the database and in the files; null where the run had
   *     landed before, and where the job failed after the commit, of which only the table tells
   * @param took from the first rows to the end of the commit; zero where {@code parity} is null
   */
  record Loaded(
      String table,
      Load.Mode mode,
      long rows,
      long replaced,
      long takenOver,
      int files,
      long nulls,
      long snapshotId,
      boolean alreadyLoaded,
      @Nullable LoadParity parity,
      Duration took)
      implements LoadOutcome {

    @Override
    public String toString() {
      if (alreadyLoaded) {
        return String.format(
            Locale.ROOT,
            "%s was loaded by this run before: %,d rows, snapshot %d",
            table,
            rows,
            snapshotId);
      }
      String text =
          String.format(
              Locale.ROOT,
              "%s loaded: %,d rows%s in %d files, snapshot %d",
              table,
              rows,
              kinds(),
              files,
              snapshotId);
      if (parity == null) {
        return text + ", before the job failed";
      }
      text += String.format(Locale.ROOT, ", %.1f s, parity: %s", took.toMillis() / 1000.0, parity);
      if (takenOver > 0) {
        text +=
            String.format(
                Locale.ROOT, ", %,d of the rows taken over from an attempt before", takenOver);
      }
      return nulls == 0
          ? text
          : String.format(Locale.ROOT, "%s, %,d values without a place null", text, nulls);
    }

    private String kinds() {
      return switch (mode) {
        case FULL -> "";
        case APPEND -> " added";
        case UPSERT ->
            String.format(
                Locale.ROOT, " (%,d replaced, %,d new)", replaced, Math.max(0, rows - replaced));
      };
    }
  }

  /**
   * It was not loaded, and has the rows it had before.
   *
   * @param table the table
   * @param reason why, and what to do
   * @param exitCode what kind of failure it is: 1 failed, 2 bad input, 3 refused
   */
  record Failed(String table, String reason, int exitCode) implements LoadOutcome {

    @Override
    public String toString() {
      return "%s not loaded: %s".formatted(table, reason);
    }
  }
}
