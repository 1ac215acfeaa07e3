package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.load.Reading.Kind;
import io.tidemark.batch.internal.source.SourceSession;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far one attempt of a table has come. For the enumerator's thread. */
final class Course {

  private static final int NOBODY = -1;

  private final int attempt;
  private final @Nullable SourceSession holder;
  private final Deque<LoadSplit> pending;
  private int running;
  private int reader = NOBODY;
  private @Nullable Failure failure;

  Course(int attempt, @Nullable SourceSession holder, Collection<LoadSplit> splits) {
    this.attempt = attempt;
    this.holder = holder;
    this.pending = new ArrayDeque<>(splits);
  }

  /** Returns the course of a table that could not be begun. */
  static Course failed(int table, int attempt, Failure failure) {
    Course course = new Course(attempt, null, List.of(LoadSplit.failed(table, attempt, failure)));
    course.failure = failure;
    return course;
  }

  int attempt() {
    return attempt;
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
