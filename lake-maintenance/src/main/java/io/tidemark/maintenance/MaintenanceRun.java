package io.tidemark.maintenance;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.maintenance.TaskReport.Skipped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * A bounded run of upkeep tasks over one table.
 *
 * <pre>{@code
 * MaintenanceReport report =
 *     MaintenanceRun.forTable(tableLoader)
 *         .add(CompactClosedWindows.targetFileSize(MemorySize.ofMebiBytes(512)))
 *         .add(ExpireSnapshots.olderThan(Duration.ofDays(7)))
 *         .run();
 * }</pre>
 *
 * <p>Defaults: Flink's {@linkplain StreamExecutionEnvironment#getExecutionEnvironment() execution
 * environment} of the caller, in batch mode; changes are made.
 */
public final class MaintenanceRun {

  private final TableLoader loader;
  private final List<MaintenanceTask> tasks = new ArrayList<>();
  private @Nullable StreamExecutionEnvironment environment;
  private boolean dryRun;

  private MaintenanceRun(TableLoader loader) {
    this.loader = loader;
  }

  /** Starts a run over a table. */
  public static MaintenanceRun forTable(TableLoader loader) {
    return new MaintenanceRun(loader);
  }

  /** Adds a task. Tasks run one after the other in the order they were added. */
  public MaintenanceRun add(MaintenanceTask task) {
    tasks.add(task);
    return this;
  }

  /** Runs Flink jobs in an environment, whose runtime mode is set to batch. */
  public MaintenanceRun environment(StreamExecutionEnvironment flink) {
    this.environment = flink;
    return this;
  }

  /** Plans and reports, and changes nothing. */
  public MaintenanceRun dryRun() {
    this.dryRun = true;
    return this;
  }

  /**
   * Runs the tasks, all of them even where one fails. Only an expiry is skipped behind a ledger
   * that could not be updated.
   *
   * @return what they did
   * @throws InvalidRequestException if there is no task, or the table cannot be loaded as it is
   * @throws MaintenanceFailedException if a task failed; it holds the report
   */
  public MaintenanceReport run() {
    if (tasks.isEmpty()) {
      throw new InvalidRequestException("Cannot maintain %s: no task".formatted(loader.table()));
    }
    StreamExecutionEnvironment flink =
        environment == null ? StreamExecutionEnvironment.getExecutionEnvironment() : environment;
    flink.setRuntimeMode(RuntimeExecutionMode.BATCH);
    MaintenanceReport report = new MaintenanceReport(loader.table(), dryRun, runTasks(flink));
    report
        .failed()
        .ifPresent(
            failed -> {
              throw new MaintenanceFailedException(report, failed);
            });
    return report;
  }

  private List<TaskReport> runTasks(StreamExecutionEnvironment flink) {
    try (OpenCatalog catalog = OpenCatalog.of(loader.catalog())) {
      UnifiedTable table = loader.load(catalog.catalog());
      TaskContext context = new TaskContext(loader, catalog.catalog(), table, flink, dryRun);
      return runTasks(context);
    }
  }

  private List<TaskReport> runTasks(TaskContext context) {
    List<TaskReport> reports = new ArrayList<>();
    boolean unrecorded = false;
    for (MaintenanceTask task : tasks) {
      boolean skips = unrecorded && task instanceof ExpireSnapshots;
      TaskReport report = skips ? skipped(task) : runTask(task, context);
      unrecorded |= report.failed() && task instanceof UpdateLedger;
      reports.add(report);
    }
    return reports;
  }

  /** What expires before the ledger has recorded it is lost to it for good. */
  private TaskReport skipped(MaintenanceTask expiry) {
    Skipped all = new Skipped(loader.table(), "the windows ledger could not be updated");
    return TaskReport.of(expiry.name(), List.of(), List.of(all), List.of());
  }

  private static TaskReport runTask(MaintenanceTask task, TaskContext context) {
    long start = System.nanoTime();
    TaskReport report;
    try {
      context.table().refresh();
      report = task.run(context);
    } catch (RuntimeException e) {
      report = TaskReport.of(task.name(), List.of(), List.of(), List.of()).withFailure(e);
    }
    return report.took(Duration.ofNanos(System.nanoTime() - start));
  }
}
