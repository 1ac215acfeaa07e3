package io.tidemark.maintenance;

/**
 * One kind of upkeep, to be run over one table.
 *
 * <p>A task is a value: it holds what the caller asked for and may be run over any number of
 * tables, one after the other.
 */
public interface MaintenanceTask {

  /** Returns the task's name in reports, in kebab case. */
  String name();

  /**
   * Runs the task to its end.
   *
   * @return what it did; what a guard refused is listed as skipped
   * @throws RuntimeException if it failed; what it committed before stays
   */
  TaskReport run(TaskContext context);
}
