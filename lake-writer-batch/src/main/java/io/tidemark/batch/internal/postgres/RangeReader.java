package io.tidemark.batch.internal.postgres;

import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.table.data.RowData;

/**
 * Reads one split after the other on one connection, which it keeps until it is closed: fetchers
 * come and go, and none of them owns it.
 */
final class RangeReader
    extends SingleThreadMultiplexSourceReaderBase<RowData, RowData, RangeSplit, RangeSplit> {

  private final ReaderConnection connection;

  private RangeReader(
      ReaderConnection connection, SettledQuery query, SourceReaderContext context) {
    super(
        () -> new RangeSplitReader(query, connection),
        (row, output, split) -> output.collect(row),
        context.getConfiguration(),
        context);
    this.connection = connection;
  }

  static RangeReader create(SettledQuery query, SourceReaderContext context) {
    return new RangeReader(new ReaderConnection(query), query, context);
  }

  @Override
  public void start() {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected void onSplitFinished(Map<String, RangeSplit> finished) {
    context.sendSplitRequest();
  }

  @Override
  protected RangeSplit initializedState(RangeSplit split) {
    return split;
  }

  @Override
  protected RangeSplit toSplitType(String splitId, RangeSplit state) {
    return state;
  }

  /** Ends a query that is still running first, or closing would wait for it. */
  @Override
  public void close() throws Exception {
    connection.cancel();
    try {
      super.close();
    } finally {
      connection.close();
    }
  }
}
