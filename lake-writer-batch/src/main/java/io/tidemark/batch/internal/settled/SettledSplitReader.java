package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.SequentialSplitReader;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceSession;
import java.util.List;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/** Fetches the rows of splits, some thousand at a time. */
final class SettledSplitReader extends SequentialSplitReader<RowData, SettledSplit> {

  private static final int ROWS_PER_FETCH = 2_048;

  private final SettledRead read;
  private final ReaderConnection connection;
  private @Nullable SettledRows open;

  SettledSplitReader(SettledRead read, ReaderConnection connection) {
    this.read = read;
    this.connection = connection;
  }

  @Override
  protected boolean fetch(SettledSplit split, RecordsBySplits.Builder<RowData> records) {
    SourceSession session = connection.session(split.snapshot());
    if (open == null) {
      SourceRange range = split.range();
      open = SettledRows.open(session, read, range == null ? read.whole(session) : range);
    }
    List<RowData> rows = open.next(ROWS_PER_FETCH);
    records.addAll(split.splitId(), rows);
    boolean ended = rows.size() < ROWS_PER_FETCH;
    if (ended) {
      close();
      session.checkRead();
    }
    return ended;
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
