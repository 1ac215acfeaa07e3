package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.postgres.Session;
import io.tidemark.batch.internal.postgres.copy.CopyRange;
import io.tidemark.batch.internal.postgres.copy.SnapshotMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** What one split reads from its table's journal and writes to it. */
final class SplitJournal {

  private final LoadSplit split;
  private final Journal journal;
  private final @Nullable String fingerprint;
  private final List<JournalEntry.Range> done = new ArrayList<>();

  private SplitJournal(LoadSplit split, Journal journal, @Nullable String fingerprint) {
    this.split = split;
    this.journal = journal;
    this.fingerprint = fingerprint;
  }

  static SplitJournal of(TableLoad load, LoadSplit split, Table table) {
    boolean lasting =
        split.snapshot() != null
            && split.snapshot().mark() != null
            && split.ranges().stream().allMatch(range -> range.leaf().identity() != null)
            && Fingerprint.isLasting(load, table);
    return new SplitJournal(
        split, Journal.of(table, load.runId()), lasting ? Fingerprint.of(load, table) : null);
  }

  /** Returns what the names of the split's files have in common. */
  String operation() {
    return journal.newOperation();
  }

  void begin() {
    journal.begin();
  }

  /** Tells whether what an attempt before has done of the split holds in the session's snapshot. */
  boolean holds(Session session) {
    JournalEntry before = split.before();
    return before != null
        && before.fingerprint().equals(fingerprint)
        && isUnchanged(session, before)
        && before.files().stream().allMatch(this::isThere);
  }

  private boolean isUnchanged(Session session, JournalEntry before) {
    SnapshotMark now = split.snapshot().mark();
    for (int i = 0; i < split.ranges().size(); i++) {
      long rows = before.ranges().get(i).rows();
      if (!now.isUnchanged(session, before.mark(), split.ranges().get(i), rows)) {
        return false;
      }
    }
    return true;
  }

  private boolean isThere(DataFile file) {
    return journal.table().io().newInputFile(file.location()).exists();
  }

  /** Takes note of a range that has been read to its end. */
  void done(CopyRange range, long rows) {
    if (fingerprint != null) {
      done.add(
          new JournalEntry.Range(range.leaf().identity(), range.fromPage(), range.toPage(), rows));
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
            new JournalEntry(fingerprint, split.snapshot().mark(), done, nulls, counted, files));
  }
}
