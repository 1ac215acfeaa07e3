package io.tidemark.batch.internal.settled;

import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.table.data.RowData;

/**
 * Reads one split after the other on one connection, which it keeps until it is closed: fetchers
 * come and go, and none of them owns it.
 */
final class SettledReader
    extends SingleThreadMultiplexSourceReaderBase<RowData, RowData, SettledSplit, SettledSplit> {

  private final ReaderConnection connection;

  private SettledReader(
      ReaderConnection connection, SettledRead read, SourceReaderContext context) {
    super(
        () -> new SettledSplitReader(read, connection),
        (row, output, split) -> output.collect(row),
        context.getConfiguration(),
        context);
    this.connection = connection;
  }

  static SettledReader create(SettledRead read, SourceReaderContext context) {
    return new SettledReader(new ReaderConnection(read.query()), read, context);
  }

  @Override
  public void start() {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected void onSplitFinished(Map<String, SettledSplit> finished) {
    context.sendSplitRequest();
  }

  @Override
  protected SettledSplit initializedState(SettledSplit split) {
    return split;
  }

  @Override
  protected SettledSplit toSplitType(String splitId, SettledSplit state) {
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
