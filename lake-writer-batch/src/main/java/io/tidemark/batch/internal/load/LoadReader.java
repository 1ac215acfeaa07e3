package io.tidemark.batch.internal.load;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.jspecify.annotations.Nullable;

/** Loads one split after the other and tells the enumerator what became of each. */
final class LoadReader
    extends SingleThreadMultiplexSourceReaderBase<LoadEvent, byte[], LoadSplit, LoadReader.State> {

  private final WriterContext writing;

  /** What became of a split so far. */
  static final class State {
    private final LoadSplit split;
    private @Nullable Failure failure;

    State(LoadSplit split) {
      this.split = split;
    }

    void note(LoadEvent event) {
      if (event instanceof LoadEvent.Failed failed) {
        failure = failed.failure();
      }
    }

    SplitEnd end() {
      boolean closed = split.failure() == null && (failure != null || !split.keepsSession());
      return new SplitEnd(split.table(), split.attempt(), closed, failure);
    }
  }

  private LoadReader(List<TableLoad> loads, WriterContext writing, SourceReaderContext context) {
    super(
        () -> new SplitLoader(loads, writing),
        (event, output, state) -> {
          state.note(event);
          output.collect(LoadEvent.toBytes(event));
        },
        context.getConfiguration(),
        context);
    this.writing = writing;
  }

  static LoadReader create(List<TableLoad> loads, SourceReaderContext context) {
    return new LoadReader(loads, WriterContext.of(context), context);
  }

  @Override
  public void start() {
    context.sendSplitRequest();
  }

  @Override
  protected void onSplitFinished(Map<String, State> finished) {
    finished.values().forEach(s -> context.sendSourceEventToCoordinator(s.end()));
    context.sendSplitRequest();
  }

  @Override
  protected State initializedState(LoadSplit split) {
    return new State(split);
  }

  @Override
  protected LoadSplit toSplitType(String splitId, State state) {
    return state.split;
  }

  /** Ends a query that is still running first, or closing would wait for it. */
  @Override
  public void close() throws Exception {
    writing.cancel();
    try {
      super.close();
    } finally {
      writing.close();
    }
  }
}
