package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.columnar.ColumnarWriter;
import io.tidemark.batch.internal.load.LoadEvent.Keeper;
import io.tidemark.batch.internal.postgres.Session;
import io.tidemark.batch.internal.postgres.copy.CopyRange;
import io.tidemark.batch.internal.postgres.copy.CopyRanges;
import io.tidemark.batch.internal.postgres.copy.CopyRows;
import io.tidemark.batch.internal.postgres.copy.Leaf;
import io.tidemark.batch.internal.postgres.copy.PostgresCatalog;
import io.tidemark.batch.internal.postgres.copy.PostgresTable;
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
  private final Session session;
  private final SplitParity parity;
  private final SplitJournal journal;
  private final Iterator<CopyRange> ranges;
  private final ColumnarWriter writer;
  private final boolean done;
  private final Map<String, Long> unfit = new HashMap<>();
  private @Nullable CopyRange range;
  private @Nullable CopyRows rows;
  private long total;
  private long totalBefore;

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
    Session session = writing.run(Session.openForLoad(load.source()));
    try {
      if (split.snapshot() != null) {
        session.join(split.snapshot().name());
      }
      Table table = writing.table(load.target());
      SplitJournal journal = SplitJournal.of(load, split, table);
      List<CopyRange> ranges = ranges(load, split, session, journal);
      SplitParity parity = new SplitParity(load, table, session, ranges);
      boolean done = journal.holds(session);
      ColumnarWriter writer = writing.writer(table, journal.operation());
      return new OpenSplit(load, split, writing, parity, journal, writer, done);
    } catch (RuntimeException e) {
      writing.ended();
      session.close();
      throw e;
    }
  }

  private static List<CopyRange> ranges(
      TableLoad load, LoadSplit split, Session session, SplitJournal journal) {
    if (split.snapshot() != null) {
      List<Leaf> leaves = split.ranges().stream().map(CopyRange::leaf).distinct().toList();
      new PostgresCatalog(session).hold(leaves);
      return split.ranges();
    }
    PostgresTable relation = load.hold(session);
    journal.begin();
    return CopyRanges.of(relation, Long.MAX_VALUE, 1);
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
        rows = CopyRows.open(session, load.query(), range);
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
        rows.close();
        rows = null;
        journal.done(range, total - totalBefore);
        totalBefore = total;
        return;
      }
      writer.append(rows);
      total++;
    }
  }

  private LoadEvent loaded() {
    List<DataFile> files = writer.finish();
    Set<String> counted = parity.check(files, unfit);
    long nulls = unfit.values().stream().mapToLong(Long::longValue).sum();
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
    try (session;
        writer) {
      if (rows != null) {
        rows.close();
      }
    } finally {
      writing.ended();
    }
  }
}
