package io.tidemark.batch.internal.postgres;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
final class RangeSplitReader implements SplitReader<RowData, RangeSplit> {

  private static final int ROWS_PER_FETCH = 2_048;

  private final SettledQuery query;
  private final ReaderConnection connection;
  private final Deque<RangeSplit> splits = new ArrayDeque<>();
  private @Nullable RangeCursor cursor;

  RangeSplitReader(SettledQuery query, ReaderConnection connection) {
    this.query = query;
    this.connection = connection;
  }

  @Override
  public RecordsWithSplitIds<RowData> fetch() {
    RecordsBySplits.Builder<RowData> records = new RecordsBySplits.Builder<>();
    RangeSplit split = splits.peek();
    if (split == null) {
      return records.build();
    }
    Session session = connection.session(split.snapshot());
    try {
      if (cursor == null) {
        cursor = RangeCursor.open(session, query, split);
      }
      List<RowData> rows = new ArrayList<>(ROWS_PER_FETCH);
      boolean more = cursor.read(rows, ROWS_PER_FETCH);
      records.addAll(split.splitId(), rows);
      if (!more) {
        finish(records, split);
      }
      return records.build();
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  @Override
  public void handleSplitsChanges(SplitsChange<RangeSplit> change) {
    if (!(change instanceof SplitsAddition)) {
      throw new UnsupportedOperationException("Cannot take a split back: " + change);
    }
    splits.addAll(change.splits());
  }

  /** A fetch ends by itself; the reader's own end cancels the query. */
  @Override
  public void wakeUp() {}

  @Override
  public void close() throws Exception {
    if (cursor != null) {
      cursor.close();
    }
  }

  private void finish(RecordsBySplits.Builder<RowData> records, RangeSplit split)
      throws SQLException {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
    splits.remove();
    records.addFinishedSplit(split.splitId());
  }
}
