package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.columnar.ColumnarWriter;
import io.tidemark.batch.internal.load.LoadEvent.Keeper;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** A split that is being read: a connection at one end, files at the other, nothing between. */
final class OpenSplit implements AutoCloseable {

  private final LoadSplit split;
  private final TableLoad load;
  private final WriterContext writing;
  private final SourceSession session;
  private final SplitParity parity;
  private final SplitJournal journal;
  private final Iterator<SourceRange> ranges;
  private final ColumnarWriter writer;
  private final boolean done;
  private final Map<String, Long> unfit = new HashMap<>();
  private @Nullable SourceRange range;
  private @Nullable SourceRows rows;
  private long total;
  private long totalBefore;
  private long there;
  private boolean over;

  private OpenSplit(
      TableLoad load,
      LoadSplit split,
      WriterContext writing,
      SplitParity parity,
      SplitJournal journal,
      ColumnarWriter writer,
      boolean done) {
    this.load = load;
    this.split = split;
    this.writing = writing;
    this.session = parity.session();
    this.parity = parity;
    this.journal = journal;
    this.ranges = parity.ranges().iterator();
    this.writer = writer;
    this.done = done;
  }

  static OpenSplit of(TableLoad load, LoadSplit split, WriterContext writing) {
    SourceSession session = writing.session(load, split);
    try {
      Table table = writing.table(load);
      SplitJournal journal = SplitJournal.of(load, split, table);
      List<SourceRange> ranges = ranges(load, split, session);
      if (split.ranges().isEmpty()) {
        journal.begin();
      }
      SplitParity parity = new SplitParity(load, table, session, ranges);
      boolean done = journal.holds(session);
      ColumnarWriter writer =
          writing.writer(table, journal.operation(), split.kind().isOneConnection());
      return new OpenSplit(load, split, writing, parity, journal, writer, done);
    } catch (RuntimeException | Error e) {
      writing.ended(session, split, false);
      throw e;
    }
  }

  private static List<SourceRange> ranges(TableLoad load, LoadSplit split, SourceSession session) {
    if (split.snapshot() != null) {
      session.join(split.snapshot(), split.ranges());
      return split.ranges();
    }
    if (split.goesOn()) {
      return split.ranges(); // The session has held the table since its first split.
    }
    SourceTable relation = load.hold(session);
    return split.ranges().isEmpty()
        ? session.cut(relation, List.of(), Long.MAX_VALUE, 1)
        : split.ranges();
  }

  /** Reads some rows more, and returns how many, or at the end of the split all there is to say. */
  LoadEvent advance(int atMost) {
    if (done) {
      return takenOver();
    }
    long before = total;
    while (total - before < atMost) {
      if (rows == null) {
        if (!ranges.hasNext()) {
          return total > before ? progress(before) : loaded();
        }
        range = ranges.next();
        rows = session.read(load.query(), range);
      }
      read(before + atMost - total);
    }
    return progress(before);
  }

  private LoadEvent progress(long before) {
    return new LoadEvent.Progress(split.table(), total - before);
  }

  private void read(long atMost) {
    for (long i = 0; i < atMost; i++) {
      if (!rows.next()) {
        rows.unfit().forEach((column, values) -> unfit.merge(column, values, Long::sum));
        journal.done(range, rows, total - totalBefore);
        rows.close();
        there += rows.sent().orElseGet(() -> session.count(load.query(), range));
        rows = null;
        totalBefore = total;
        return;
      }
      writer.append(rows);
      total++;
    }
  }

  private LoadEvent loaded() {
    session.checkRead();
    List<DataFile> files = writer.finish();
    Set<String> counted = parity.check(files, there, unfit);
    long nulls = unfit.values().stream().mapToLong(Long::longValue).sum();
    over = true;
    Keeper keeper = journal.add(nulls, counted, files) ? Keeper.JOURNAL : Keeper.NOBODY;
    return new LoadEvent.Loaded(
        split.table(),
        split.attempt(),
        split.part(),
        split.parts(),
        total,
        nulls,
        counted,
        files,
        keeper);
  }

  private LoadEvent takenOver() {
    over = true;
    JournalEntry before = split.before();
    return new LoadEvent.Loaded(
        split.table(),
        split.attempt(),
        split.part(),
        split.parts(),
        before.rows(),
        before.nulls(),
        before.counted(),
        before.files(),
        Keeper.JOURNAL_OF_BEFORE);
  }

  @Override
  public void close() {
    try (writer) {
      if (rows != null) {
        rows.close();
      }
    } finally {
      writing.ended(session, split, over && split.keepsSession());
    }
  }
}
