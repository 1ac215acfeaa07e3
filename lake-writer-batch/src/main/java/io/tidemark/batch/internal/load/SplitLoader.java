package io.tidemark.batch.internal.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads splits, some thousand rows at a time. What fails is told, and ends the split only. */
final class SplitLoader implements SplitReader<LoadEvent, LoadSplit> {

  private static final Logger LOG = LoggerFactory.getLogger(SplitLoader.class);
  private static final int ROWS_PER_FETCH = 100_000;

  private final List<TableLoad> loads;
  private final WriterContext writing;
  private final Deque<LoadSplit> splits = new ArrayDeque<>();
  private @Nullable OpenSplit open;

  SplitLoader(List<TableLoad> loads, WriterContext writing) {
    this.loads = loads;
    this.writing = writing;
  }

  @Override
  public RecordsWithSplitIds<LoadEvent> fetch() {
    RecordsBySplits.Builder<LoadEvent> events = new RecordsBySplits.Builder<>();
    LoadSplit split = splits.peek();
    if (split != null) {
      LoadEvent event = advance(split);
      events.add(split, event);
      if (!(event instanceof LoadEvent.Progress)) {
        splits.remove();
        events.addFinishedSplit(split.splitId());
      }
    }
    return events.build();
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
      discard();
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

  @Override
  public void handleSplitsChanges(SplitsChange<LoadSplit> change) {
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
    discard();
  }
}
