package io.tidemark.maintenance.internal;

import io.tidemark.maintenance.Figure;
import io.tidemark.maintenance.TaskContext;
import io.tidemark.maintenance.TaskReport;
import io.tidemark.maintenance.TaskReport.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One compaction of one table: plan, rewrite, verify, commit, report. */
public final class Compaction {

  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  private final String task;
  private final TaskContext context;
  private final CompactionLimits limits;

  /** Prepares a compaction that reports under a task's name. */
  public Compaction(String task, TaskContext context, CompactionLimits limits) {
    this.task = task;
    this.context = context;
    this.limits = limits;
  }

  /** Runs it to its end. */
  public TaskReport run() {
    return run(CompactionPlan.of(context.table(), limits));
  }

  /** Runs a plan to its end. */
  public TaskReport run(CompactionPlan plan) {
    if (context.dryRun()) {
      return TaskReport.of(task, expected(plan.groups()), plan.skipped(), List.of());
    }
    return plan.groups().isEmpty()
        ? TaskReport.of(task, figures(List.of()), plan.skipped(), List.of())
        : rewrite(plan);
  }

  private TaskReport rewrite(CompactionPlan plan) {
    LOG.info(
        "Compacting {} groups of files of {}", plan.groups().size(), context.table().identifier());
    List<Landing> good = new ArrayList<>();
    List<Landing> bad = new ArrayList<>();
    for (RewrittenGroup result :
        RewriteJob.run(context.environment(), context.loader(), plan.groups())) {
      Landing landing = new Landing(plan.groups().get(result.index()), result);
      (landing.complaint().isEmpty() ? good : bad).add(landing);
    }
    CompactionCommits commits = new CompactionCommits(context.table(), plan.readAt());
    commits.deleteAdded(bad);
    commits.commit(good, limits.maxCommits());
    return report(plan, commits, bad);
  }

  private TaskReport report(CompactionPlan plan, CompactionCommits commits, List<Landing> bad) {
    List<Skipped> skipped = new ArrayList<>(plan.skipped());
    skipped.addAll(commits.skipped());
    List<Landing> failed = withoutResealed(bad, skipped);
    TaskReport report = TaskReport.of(task, figures(commits.landed()), skipped, List.of());
    return failed.isEmpty()
        ? report
        : report.withFailure(
            new IllegalStateException(
                "Cannot compact %d groups of files; the first: %s"
                    .formatted(failed.size(), failed.get(0).complaint().orElseThrow())));
  }

  /** A group may well fail because its window was resealed and its files expired meanwhile. */
  private List<Landing> withoutResealed(List<Landing> bad, List<Skipped> skipped) {
    if (bad.isEmpty()) {
      return bad;
    }
    context.table().refresh();
    List<Landing> failed = new ArrayList<>();
    for (Landing landing : bad) {
      FileGroup group = landing.group();
      if (context.table().state().closed().version(group.window()) == group.version()) {
        failed.add(landing);
      } else {
        skipped.add(new Skipped(group.window().toString(), "it was resealed meanwhile"));
      }
    }
    return failed;
  }

  private static List<Figure> figures(List<Landing> landed) {
    long windows = landed.stream().map(l -> l.group().window()).distinct().count();
    return List.of(
        new Figure("windows", windows, windows),
        new Figure(
            "files",
            sum(landed, l -> l.group().tasks().size()),
            sum(landed, l -> l.rewritten().added().size())),
        new Figure(
            "bytes",
            sum(landed, l -> l.group().bytes()),
            sum(landed, l -> l.rewritten().bytesWritten())),
        new Figure(
            "rows",
            sum(landed, l -> l.rewritten().rowsRead()),
            sum(landed, l -> l.rewritten().rowsWritten())));
  }

  private static List<Figure> expected(List<FileGroup> groups) {
    long windows = groups.stream().map(FileGroup::window).distinct().count();
    long bytes = sum(groups, FileGroup::bytes);
    long rows = sum(groups, FileGroup::records);
    return List.of(
        new Figure("windows", windows, windows),
        new Figure(
            "files", sum(groups, g -> g.tasks().size()), sum(groups, FileGroup::expectedFiles)),
        new Figure("bytes", bytes, bytes),
        new Figure("rows", rows, rows));
  }

  private static <T> long sum(List<T> items, ToLongFunction<T> value) {
    return items.stream().mapToLong(value).sum();
  }
}
