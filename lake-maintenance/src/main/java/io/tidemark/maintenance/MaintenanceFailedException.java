package io.tidemark.maintenance;

import io.tidemark.catalog.LakeException;

/** A task failed. The other tasks ran, and their work stays; the report says what came of each. */
public final class MaintenanceFailedException extends LakeException {

  private static final long serialVersionUID = 1L;

  private final transient MaintenanceReport report;

  MaintenanceFailedException(MaintenanceReport report, TaskReport failed) {
    super(
        "Cannot maintain %s: %s failed: %s"
            .formatted(report.table(), failed.task(), String.valueOf(failed.failure())),
        failed.failure());
    this.report = report;
  }

  /** Returns the report of all tasks, the failed one among them. */
  public MaintenanceReport report() {
    return report;
  }

  /** Returns the exit code of what made the task fail. */
  @Override
  public int exitCode() {
    return getCause() instanceof LakeException reason ? reason.exitCode() : 1;
  }
}
