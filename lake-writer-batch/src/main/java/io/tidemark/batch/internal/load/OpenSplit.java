package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.columnar.ColumnarWriter;
import io.tidemark.batch.internal.postgres.Session;
import io.tidemark.batch.internal.postgres.copy.CopyRange;
import io.tidemark.batch.internal.postgres.copy.CopyRanges;
import io.tidemark.batch.internal.postgres.copy.CopyRows;
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

  private final TableLoad load;
  private final LoadSplit split;
  private final WriterContext writing;
  private final Session session;
  private final SplitParity parity;
  private final Iterator<CopyRange> ranges;
  private final ColumnarWriter writer;
  private final Map<String, Long> unfit = new HashMap<>();
  private @Nullable CopyRows rows;
  private long total;

  private OpenSplit(
      TableLoad load,
      LoadSplit split,
      WriterContext writing,
      SplitParity parity,
      ColumnarWriter writer) {
    this.load = load;
    this.split = split;
    this.writing = writing;
    this.session = parity.session();
    this.parity = parity;
    this.ranges = parity.ranges().iterator();
    this.writer = writer;
  }

  static OpenSplit of(TableLoad load, LoadSplit split, WriterContext writing) {
    Session session = writing.run(Session.openForLoad(load.source()));
    try {
      if (split.snapshot() != null) {
        session.join(split.snapshot());
      }
      List<CopyRange> ranges =
          split.snapshot() == null ? whole(load.hold(session)) : split.ranges();
      Table table = writing.table(load.target());
      String operation = "%s-%s".formatted(load.runId(), split.splitId());
      ColumnarWriter writer = writing.writer(table, operation);
      return new OpenSplit(
          load, split, writing, new SplitParity(load, table, session, ranges), writer);
    } catch (RuntimeException e) {
      writing.ended();
      session.close();
      throw e;
    }
  }

  private static List<CopyRange> whole(PostgresTable relation) {
    return CopyRanges.of(relation, Long.MAX_VALUE, 1);
  }

  /** Reads some rows more, and returns how many, or at the end of the split all there is to say. */
  LoadEvent advance(int atMost) {
    long before = total;
    while (total - before < atMost) {
      if (rows == null) {
        if (!ranges.hasNext()) {
          return total > before ? progress(before) : loaded();
        }
        rows = CopyRows.open(session, load.query(), ranges.next());
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
    return new LoadEvent.Loaded(
        split.table(), split.attempt(), split.part(), split.parts(), total, nulls, counted, files);
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
