package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.SequentialSplitReader;
import java.util.List;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads splits, some thousand rows at a time. What fails is told, and ends the split only. */
final class SplitLoader extends SequentialSplitReader<LoadEvent, LoadSplit> {

  private static final Logger LOG = LoggerFactory.getLogger(SplitLoader.class);
  private static final int ROWS_PER_FETCH = 100_000;

  private final List<TableLoad> loads;
  private final WriterContext writing;
  private @Nullable OpenSplit open;

  SplitLoader(List<TableLoad> loads, WriterContext writing) {
    this.loads = loads;
    this.writing = writing;
  }

  @Override
  protected boolean fetch(LoadSplit split, RecordsBySplits.Builder<LoadEvent> events) {
    LoadEvent event = advance(split);
    events.add(split, event);
    return !(event instanceof LoadEvent.Progress);
  }

  private LoadEvent advance(LoadSplit split) {
    if (split.failure() != null) {
      return new LoadEvent.Failed(split.table(), split.attempt(), split.failure());
    }
    TableLoad load = loads.get(split.table());
    try {
      if (open == null) {
        open = OpenSplit.of(load, split, writing);
      }
      LoadEvent event = open.advance(ROWS_PER_FETCH);
      if (event instanceof LoadEvent.Loaded) {
        discard();
      }
      return event;
    } catch (RuntimeException e) {
      LOG.debug("Cannot load {}", load.name(), e);
      discardAfter(e);
      return new LoadEvent.Failed(split.table(), split.attempt(), Failure.of(load.name(), e));
    }
  }

  private void discard() {
    if (open != null) {
      OpenSplit ending = open;
      open = null;
      ending.close();
    }
  }

  /** What cannot be let go of is no matter of other tables. */
  private void discardAfter(RuntimeException failure) {
    try {
      discard();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    discard();
  }
}
