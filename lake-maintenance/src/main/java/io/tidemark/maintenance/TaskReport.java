package io.tidemark.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one task did to one table.
 *
 * @param task the task's name
 * @param figures quantities before and after
 * @param skipped what was left for a later run
 * @param notes what the reader should know, e.g. what holds expiry back
 * @param duration how long it took
 * @param failure why the task failed, or null
 */
public record TaskReport(
    String task,
    List<Figure> figures,
    List<Skipped> skipped,
    List<String> notes,
    Duration duration,
    @Nullable Exception failure) {

  /**
   * Something a task left for a later run.
   *
   * @param subject a window, a file or a table
   * @param reason why
   */
  public record Skipped(String subject, String reason) {}

  public TaskReport {
    figures = List.copyOf(figures);
    skipped = List.copyOf(skipped);
    notes = List.copyOf(notes);
  }

  /** Returns the report of a task that ended well. The run adds how long it took. */
  public static TaskReport of(
      String task, List<Figure> figures, List<Skipped> skipped, List<String> notes) {
    return new TaskReport(task, figures, skipped, notes, Duration.ZERO, null);
  }

  /** Returns a figure by its name. */
  public Optional<Figure> figure(String name) {
    return figures.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** Tells whether the task failed, wholly or in part. */
  public boolean failed() {
    return failure != null;
  }

  TaskReport took(Duration time) {
    return new TaskReport(task, figures, skipped, notes, time, failure);
  }

  /** Returns this report with a failure that did not keep the task from going on. */
  public TaskReport withFailure(@Nullable Exception cause) {
    return new TaskReport(task, figures, skipped, notes, duration, cause);
  }
}
