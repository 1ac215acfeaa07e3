package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/** Fetches the rows of splits, some thousand at a time. */
final class SettledSplitReader implements SplitReader<RowData, SettledSplit> {

  private static final int ROWS_PER_FETCH = 2_048;

  private final SettledRead read;
  private final ReaderConnection connection;
  private final Deque<SettledSplit> splits = new ArrayDeque<>();
  private @Nullable SettledRows open;

  SettledSplitReader(SettledRead read, ReaderConnection connection) {
    this.read = read;
    this.connection = connection;
  }

  @Override
  public RecordsWithSplitIds<RowData> fetch() {
    RecordsBySplits.Builder<RowData> records = new RecordsBySplits.Builder<>();
    SettledSplit split = splits.peek();
    if (split == null) {
      return records.build();
    }
    if (open == null) {
      SourceSession session = connection.session(split.snapshot());
      open = SettledRows.open(session, read, range(session, split));
    }
    List<RowData> rows = open.next(ROWS_PER_FETCH);
    records.addAll(split.splitId(), rows);
    if (rows.size() < ROWS_PER_FETCH) {
      finish(records, split);
    }
    return records.build();
  }

  private SourceRange range(SourceSession session, SettledSplit split) {
    return split.range() == null
        ? session
            .slices(read.query().bound(), read.brought(), read.splitColumn(), List.of(), 1)
            .get(0)
        : split.range();
  }

  @Override
  public void handleSplitsChanges(SplitsChange<SettledSplit> change) {
    if (!(change instanceof SplitsAddition)) {
      throw new UnsupportedOperationException("Cannot take a split back: " + change);
    }
    splits.addAll(change.splits());
  }

  /** A fetch ends by itself; the reader's own end cancels the query. */
  @Override
  public void wakeUp() {}

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }

  private void finish(RecordsBySplits.Builder<RowData> records, SettledSplit split) {
    if (open != null) {
      open.close();
      open = null;
    }
    splits.remove();
    records.addFinishedSplit(split.splitId());
  }
}
