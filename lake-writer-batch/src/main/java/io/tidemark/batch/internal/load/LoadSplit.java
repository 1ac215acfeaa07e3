package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.load.Reading.Kind;
import io.tidemark.batch.internal.source.SharedSnapshot;
import io.tidemark.batch.internal.source.SourceRange;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * A part of a table's rows.
 *
 * @param table the table, as its place in the job
 * @param attempt how often the table was begun before
 * @param part the part's number, from 0
 * @param parts how many parts the table has in this attempt
 * @param kind how the table is read
 * @param snapshot the snapshot to read in, or null for the reader's own
 * @param ranges which rows; none for all of the table
 * @param before what an attempt before has done of the same ranges, or null
 * @param failure why the table cannot be read, in place of ranges, or null
 */
record LoadSplit(
    int table,
    int attempt,
    int part,
    int parts,
    Kind kind,
    @Nullable SharedSnapshot snapshot,
    List<SourceRange> ranges,
    @Nullable JournalEntry before,
    @Nullable Failure failure)
    implements SourceSplit, Serializable {

  LoadSplit {
    ranges = List.copyOf(ranges);
  }

  /** Returns the split of a table that one connection reads, in a snapshot of its own. */
  static LoadSplit whole(int table, int attempt) {
    return new LoadSplit(table, attempt, 0, 1, Kind.WHOLE, null, List.of(), null, null);
  }

  /** Returns what takes the word of a failure to where the table's outcome is told. */
  static LoadSplit failed(int table, int attempt, Failure failure) {
    return new LoadSplit(table, attempt, 0, 1, Kind.WHOLE, null, List.of(), null, failure);
  }

  /** Tells whether it is to be read by the session of the split before. */
  boolean goesOn() {
    return kind == Kind.ALONE && part > 0;
  }

  /** Tells whether the next split of the table is to be read by the same session. */
  boolean keepsSession() {
    return kind == Kind.ALONE && part < parts - 1;
  }

  @Override
  public String splitId() {
    return "%d-%d-%d".formatted(table, attempt, part);
  }
}
