package io.tidemark.batch.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/**
 * Reads one split to its end after the other, in the order in which they come.
 *
 * @param <E> what a split brings
 * @param <SplitT> the split
 */
public abstract class SequentialSplitReader<E, SplitT extends SourceSplit>
    implements SplitReader<E, SplitT> {

  private final Deque<SplitT> splits = new ArrayDeque<>();

  /**
   * Fetches some more of the first split that has not ended.
   *
   * @return whether it has ended
   */
  protected abstract boolean fetch(SplitT split, RecordsBySplits.Builder<E> records);

  @Override
  public final RecordsWithSplitIds<E> fetch() {
    RecordsBySplits.Builder<E> records = new RecordsBySplits.Builder<>();
    SplitT split = splits.peek();
    if (split != null && fetch(split, records)) {
      splits.remove();
      records.addFinishedSplit(split.splitId());
    }
    return records.build();
  }

  @Override
  public final void handleSplitsChanges(SplitsChange<SplitT> change) {
    if (!(change instanceof SplitsAddition)) {
      throw new UnsupportedOperationException("Cannot take a split back: " + change);
    }
    splits.addAll(change.splits());
  }

  /** A fetch ends by itself; the reader's own end cancels the query. */
  @Override
  public final void wakeUp() {}
}
