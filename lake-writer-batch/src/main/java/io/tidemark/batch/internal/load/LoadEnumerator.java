package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.load.Reading.Kind;
import io.tidemark.catalog.manifest.Source;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the splits of all tables, table by table, within the connections that each source
 * allows. A table whose database could not be reached is begun again some times, in a snapshot of
 * its own time.
 */
final class LoadEnumerator implements SplitEnumerator<LoadSplit, ArrayList<LoadSplit>> {

  static final int MAX_ATTEMPTS = 6;

  private static final Duration TICK = Duration.ofSeconds(1);

  /** A table to begin, not before some time. */
  private record Waiting(int table, int attempt, long notBefore) {}

  private final List<TableLoad> loads;
  private final SplitEnumeratorContext<LoadSplit> context;
  private final ConnectionBudget budget = new ConnectionBudget();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<Integer, TableAttempt> attempts = new TreeMap<>();
  private final Set<Integer> idle = new LinkedHashSet<>();
  private final Planning planning;

  /** Sources of which a table's snapshot is being made for others to share. */
  private final Set<String> sharing = new HashSet<>();

  private int plans;

  LoadEnumerator(List<TableLoad> loads, SplitEnumeratorContext<LoadSplit> context) {
    this.loads = loads;
    this.context = context;
    this.planning = new Planning(context);
    for (int table = 0; table < loads.size(); table++) {
      waiting.add(new Waiting(table, 0, System.nanoTime()));
    }
  }

  /** Looks around now and then: a table that is to be begun again has nobody to say when. */
  @Override
  public void start() {
    context.callAsync(() -> null, (nothing, e) -> dispatch(), 0, TICK.toMillis());
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    idle.add(subtask);
    dispatch();
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    SplitEnd end = (SplitEnd) event;
    TableAttempt attempt = attempts.get(end.table());
    if (end.closed()) {
      budget.giveBack(loads.get(end.table()).source());
    }
    attempt.ended(end.failure());
    if (attempt.isOver()) {
      finish(end.table(), attempt);
    }
    dispatch();
  }

  @Override
  public void addSplitsBack(List<LoadSplit> splits, int subtask) {
    throw new IllegalStateException("Cannot resume a load: it is one attempt. Start it again");
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask for their splits.
  }

  @Override
  public ArrayList<LoadSplit> snapshotState(long checkpoint) {
    throw new IllegalStateException("Cannot take a checkpoint of a load: it is one attempt");
  }

  @Override
  public void close() {
    planning.close();
  }

  private void dispatch() {
    Iterator<Integer> readers = idle.iterator();
    while (readers.hasNext()) {
      int reader = readers.next();
      Optional<LoadSplit> split = next(reader);
      if (split.isPresent()) {
        readers.remove();
        context.assignSplit(split.get(), reader);
      } else if (isOver()) {
        readers.remove();
        context.signalNoMoreSplits(reader);
      }
    }
  }

  private boolean isOver() {
    return waiting.isEmpty() && attempts.isEmpty() && plans == 0;
  }

  private Optional<LoadSplit> next(int reader) {
    for (Map.Entry<Integer, TableAttempt> entry : attempts.entrySet()) {
      TableAttempt attempt = entry.getValue();
      TableLoad load = loads.get(entry.getKey());
      if (attempt.hasNextFor(reader)
          && (!attempt.nextConnects() || budget.allows(load.source(), 1))) {
        if (attempt.nextConnects()) {
          budget.take(load.source());
        }
        return Optional.of(attempt.nextFor(reader));
      }
    }
    return begin() ? next(reader) : Optional.empty();
  }

  /** Begins the first table that may be begun. */
  private boolean begin() {
    long now = System.nanoTime();
    for (Iterator<Waiting> tables = waiting.iterator(); tables.hasNext(); ) {
      Waiting table = tables.next();
      TableLoad load = loads.get(table.table());
      Reading reading = load.reading(context.currentParallelism());
      if (table.notBefore() - now <= 0
          && budget.allows(load.source(), reading.connections())
          && !(reading.kind() == Kind.SHARED && isBusy(load.source()))) {
        tables.remove();
        if (reading.isCut()) {
          plan(table, reading);
        } else {
          LoadSplit whole = LoadSplit.whole(table.table(), table.attempt());
          attempts.put(table.table(), new TableAttempt(table.attempt(), null, List.of(whole)));
        }
        return true;
      }
    }
    return false;
  }

  /**
   * Tells whether the snapshot of a table of a source is held for splits that nobody reads yet. To
   * hold one more would take a connection from the readers, and keep others from altering a table
   * whose turn has not come.
   */
  private boolean isBusy(Source.Database source) {
    return sharing.contains(source.name())
        || attempts.entrySet().stream()
            .filter(attempt -> loads.get(attempt.getKey()).source().name().equals(source.name()))
            .map(Map.Entry::getValue)
            .anyMatch(attempt -> attempt.holder() != null && attempt.hasNext());
  }

  private void plan(Waiting table, Reading reading) {
    TableLoad load = loads.get(table.table());
    budget.take(load.source());
    plans++;
    if (reading.kind() == Kind.SHARED) {
      sharing.add(load.source().name());
    }
    planning.start(
        () -> SplitPlan.of(load, table.table(), table.attempt(), reading),
        (plan, failure) -> planned(table, plan, failure));
  }

  private void planned(Waiting table, @Nullable SplitPlan plan, @Nullable Throwable failure) {
    plans--;
    TableLoad load = loads.get(table.table());
    sharing.remove(load.source().name());
    if (plan == null || plan.holder() == null) {
      budget.giveBack(load.source());
    }
    if (plan == null) {
      Failure cause = Failure.of(load.name(), failure);
      attempts.put(table.table(), TableAttempt.failed(table.table(), table.attempt(), cause));
    } else {
      attempts.put(table.table(), new TableAttempt(table.attempt(), plan.holder(), plan.splits()));
    }
    dispatch();
  }

  private void finish(int table, TableAttempt attempt) {
    attempts.remove(table);
    if (attempt.holder() != null) {
      planning.release(attempt.holder());
      budget.giveBack(loads.get(table).source());
    }
    Failure failure = attempt.failure();
    if (failure != null && failure.mayPass() && attempt.number() + 1 < MAX_ATTEMPTS) {
      long pause = TICK.toNanos() << attempt.number();
      waiting.add(new Waiting(table, attempt.number() + 1, System.nanoTime() + pause));
    }
  }
}
