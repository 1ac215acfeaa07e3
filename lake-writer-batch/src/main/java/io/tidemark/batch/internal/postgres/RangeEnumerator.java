package io.tidemark.batch.internal.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** Cuts the query into splits in one exported snapshot and gives them to whoever asks. */
final class RangeEnumerator implements SplitEnumerator<RangeSplit, ArrayList<RangeSplit>> {

  private static final int SPLITS_PER_READER = 4;

  private final SettledQuery query;
  private final SplitEnumeratorContext<RangeSplit> context;
  private final Deque<RangeSplit> pending = new ArrayDeque<>();
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private final Set<Integer> done = new HashSet<>();
  private boolean planned;
  private boolean closed;
  private @Nullable Session holder;

  RangeEnumerator(SettledQuery query, SplitEnumeratorContext<RangeSplit> context) {
    this.query = query;
    this.context = context;
  }

  @Override
  public void start() {
    context.callAsync(this::plan, this::begin);
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    if (planned) {
      assign(subtask);
    } else {
      waiting.add(subtask);
    }
  }

  /** A reader that was started anew reads its splits from the start, in the same snapshot. */
  @Override
  public void addSplitsBack(List<RangeSplit> splits, int subtask) {
    if (closed && holder != null) {
      throw new FlinkRuntimeException(
          "Cannot read %s again: its snapshot is gone. Start the job again"
              .formatted(query.source()));
    }
    done.remove(subtask);
    splits.forEach(pending::addFirst);
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask for their splits.
  }

  @Override
  public ArrayList<RangeSplit> snapshotState(long checkpoint) {
    return new ArrayList<>(pending);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (holder != null) {
      holder.close();
    }
  }

  /** Runs beside the coordinator's thread, for it waits for the database. */
  private List<RangeSplit> plan() {
    int readers = context.currentParallelism();
    if (readers == 1) {
      return SplitPlan.whole(null);
    }
    Session session = hold(Session.open(query.source(), query.zone()));
    String snapshot = session.export();
    int parts = readers * SPLITS_PER_READER;
    String type = QueryCheck.describe(session, query).getOrDefault(query.splitBy(), "");
    if (!SplitEdges.canSplitBy(type)) {
      return SplitPlan.whole(snapshot);
    }
    List<String> edges =
        query.splitsByPeriod()
            ? SplitEdges.ofPeriod(query, parts)
            : SplitEdges.ofSample(session, query, parts);
    return SplitPlan.cut(snapshot, query.splitBy(), type, edges);
  }

  private synchronized Session hold(Session session) {
    if (closed) {
      session.close();
      throw new IllegalStateException("The job has ended");
    }
    holder = session;
    return session;
  }

  private void begin(List<RangeSplit> splits, @Nullable Throwable failure) {
    if (failure != null) {
      throw new FlinkRuntimeException("Cannot cut the query of " + query.source(), failure);
    }
    pending.addAll(splits);
    planned = true;
    waiting.forEach(this::assign);
    waiting.clear();
  }

  /** A reader asks for more when it has read what it had; when all have, nobody reads any more. */
  private void release(int subtask) {
    done.add(subtask);
    if (done.size() == context.currentParallelism()) {
      close();
    }
  }

  private void assign(int subtask) {
    if (!context.registeredReaders().containsKey(subtask)) {
      return;
    }
    RangeSplit split = pending.poll();
    if (split == null) {
      context.signalNoMoreSplits(subtask);
      release(subtask);
    } else {
      context.assignSplit(split, subtask);
    }
  }
}
