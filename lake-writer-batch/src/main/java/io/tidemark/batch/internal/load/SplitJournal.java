package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.batch.internal.source.SourceSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** What one split reads from its table's journal and writes to it. */
final class SplitJournal {

  private final TableLoad load;
  private final LoadSplit split;
  private final Journal journal;
  private @Nullable String fingerprint;
  private final List<JournalEntry.Range> done = new ArrayList<>();

  private SplitJournal(
      TableLoad load, LoadSplit split, Journal journal, @Nullable String fingerprint) {
    this.load = load;
    this.split = split;
    this.journal = journal;
    this.fingerprint = fingerprint;
  }

  static SplitJournal of(TableLoad load, LoadSplit split, Table table) {
    boolean lasting = !split.ranges().isEmpty() && Fingerprint.isLasting(load, table);
    return new SplitJournal(
        load, split, Journal.of(table, load.runId()), lasting ? Fingerprint.of(load, table) : null);
  }

  /** Returns what the names of the split's files have in common. */
  String operation() {
    return journal.newOperation();
  }

  void begin() {
    journal.begin();
  }

  /** Tells whether what an attempt before has done of the split holds in the session's snapshot. */
  boolean holds(SourceSession session) {
    JournalEntry before = split.before();
    return before != null
        && before.fingerprint().equals(fingerprint)
        && isUnchanged(session, before)
        && before.files().stream().allMatch(this::isThere);
  }

  private boolean isUnchanged(SourceSession session, JournalEntry before) {
    for (int i = 0; i < split.ranges().size(); i++) {
      JournalEntry.Range range = before.ranges().get(i);
      if (!session.isUnchanged(load.query(), split.ranges().get(i), range.rows(), range.proof())) {
        return false;
      }
    }
    return true;
  }

  private boolean isThere(DataFile file) {
    return journal.table().io().newInputFile(file.location()).exists();
  }

  /** Takes note of a range that has been read to its end; without a proof it is of no use. */
  void done(SourceRange range, SourceRows read, long rows) {
    Optional<String> proof = read.proof();
    if (proof.isEmpty()) {
      fingerprint = null;
    } else if (fingerprint != null) {
      done.add(new JournalEntry.Range(range.text(), rows, proof.get()));
    }
  }

  /**
   * Takes note of the split, all of whose ranges are done.
   *
   * @return whether the journal keeps the files from now on
   */
  boolean add(long nulls, Set<String> counted, List<DataFile> files) {
    return fingerprint != null
        && journal.add(
            new JournalEntry(fingerprint, System.currentTimeMillis(), done, nulls, counted, files));
  }
}
