package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.Databases;
import io.tidemark.batch.internal.source.SharedSnapshot;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceSession;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** Cuts the query into splits in one exported snapshot and gives them to whoever asks. */
final class SettledEnumerator implements SplitEnumerator<SettledSplit, ArrayList<SettledSplit>> {

  private static final int SPLITS_PER_READER = 4;

  private final SettledRead read;
  private final SplitEnumeratorContext<SettledSplit> context;
  private final Deque<SettledSplit> pending = new ArrayDeque<>();
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private final Set<Integer> done = new HashSet<>();
  private boolean planned;
  private boolean closed;
  private @Nullable SourceSession holder;

  SettledEnumerator(SettledRead read, SplitEnumeratorContext<SettledSplit> context) {
    this.read = read;
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
  public void addSplitsBack(List<SettledSplit> splits, int subtask) {
    if (closed && holder != null) {
      throw new FlinkRuntimeException(
          "Cannot read %s again: its snapshot is gone. Start the job again"
              .formatted(read.query().source()));
    }
    done.remove(subtask);
    splits.forEach(pending::addFirst);
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask for their splits.
  }

  @Override
  public ArrayList<SettledSplit> snapshotState(long checkpoint) {
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
  private List<SettledSplit> plan() {
    int readers = context.currentParallelism();
    if (readers == 1) {
      return List.of(new SettledSplit("all", null, null));
    }
    SettledQuery query = read.query();
    SourceSession session = hold(Databases.openForSeal(query.source(), query.zone()));
    SharedSnapshot snapshot = session.share().orElseThrow();
    List<SourceRange> ranges = read.cut(session, readers * SPLITS_PER_READER);
    return IntStream.range(0, ranges.size())
        .mapToObj(i -> new SettledSplit("range-" + i, snapshot, ranges.get(i)))
        .toList();
  }

  private synchronized SourceSession hold(SourceSession session) {
    if (closed) {
      session.close();
      throw new IllegalStateException("The job has ended");
    }
    holder = session;
    return session;
  }

  private void begin(List<SettledSplit> splits, @Nullable Throwable failure) {
    if (failure != null) {
      throw new FlinkRuntimeException("Cannot cut the query of " + read.query().source(), failure);
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
    SettledSplit split = pending.poll();
    if (split == null) {
      context.signalNoMoreSplits(subtask);
      release(subtask);
    } else {
      context.assignSplit(split, subtask);
    }
  }
}
