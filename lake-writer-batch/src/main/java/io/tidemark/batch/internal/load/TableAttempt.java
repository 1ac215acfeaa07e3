package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.load.Reading.Kind;
import io.tidemark.batch.internal.source.SourceSession;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far one attempt of a table has come. For the enumerator's thread. */
final class TableAttempt {

  private static final int NOBODY = -1;

  private final int number;
  private final @Nullable SourceSession holder;
  private final Deque<LoadSplit> pending;
  private int running;
  private int reader = NOBODY;
  private @Nullable Failure failure;

  TableAttempt(int number, @Nullable SourceSession holder, Collection<LoadSplit> splits) {
    this.number = number;
    this.holder = holder;
    this.pending = new ArrayDeque<>(splits);
  }

  /** Returns the attempt at a table that could not be begun. */
  static TableAttempt failed(int table, int attempt, Failure failure) {
    TableAttempt failed =
        new TableAttempt(attempt, null, List.of(LoadSplit.failed(table, attempt, failure)));
    failed.failure = failure;
    return failed;
  }

  int number() {
    return number;
  }

  @Nullable SourceSession holder() {
    return holder;
  }

  @Nullable Failure failure() {
    return failure;
  }

  boolean hasNext() {
    return !pending.isEmpty();
  }

  /** Tells whether a task may have the next split: the splits of one session go to one task. */
  boolean hasNextFor(int subtask) {
    return hasNext() && (reader == NOBODY || reader == subtask);
  }

  /** Tells whether the next split needs a connection. */
  boolean nextConnects() {
    return hasNext() && pending.element().failure() == null && reader == NOBODY;
  }

  LoadSplit nextFor(int subtask) {
    running++;
    if (pending.element().kind() == Kind.ALONE) {
      reader = subtask;
    }
    return pending.remove();
  }

  /** Takes note of a split that ended; after a failure nothing more of the table is read. */
  void ended(@Nullable Failure cause) {
    running--;
    if (cause != null) {
      failure = failure == null ? cause : failure;
      pending.clear();
    }
  }

  boolean isOver() {
    return running == 0 && pending.isEmpty();
  }
}
