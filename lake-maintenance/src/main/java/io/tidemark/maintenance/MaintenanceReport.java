package io.tidemark.maintenance;

import io.tidemark.maintenance.internal.ReportJson;
import io.tidemark.maintenance.internal.ReportText;
import java.util.List;
import java.util.Optional;

/**
 * What a run did to one table.
 *
 * @param table the table's dotted name
 * @param dryRun whether nothing was changed and the figures are expectations
 * @param tasks a report for every task, in the order they ran
 */
public record MaintenanceReport(String table, boolean dryRun, List<TaskReport> tasks) {

  public MaintenanceReport {
    tasks = List.copyOf(tasks);
  }

  /** Returns the report of a task by its name. */
  public Optional<TaskReport> task(String name) {
    return tasks.stream().filter(t -> t.task().equals(name)).findFirst();
  }

  /** Returns the first task that failed. */
  public Optional<TaskReport> failed() {
    return tasks.stream().filter(TaskReport::failed).findFirst();
  }

  /** Returns the report as one JSON object; durations are in milliseconds. */
  public String toJson() {
    return ReportJson.write(this);
  }

  /** Returns the report as aligned text, for people. */
  @Override
  public String toString() {
    return ReportText.write(this);
  }
}
