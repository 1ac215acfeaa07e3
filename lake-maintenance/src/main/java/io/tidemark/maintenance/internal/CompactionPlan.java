package io.tidemark.maintenance.internal;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.maintenance.TaskReport.Skipped;
import java.util.List;
import org.apache.iceberg.Snapshot;

/**
 * Which files of closed windows are worth a rewrite, newest windows first.
 *
 * @param readAt the snapshot planned at, or -1 for a table without any
 * @param groups what to rewrite
 * @param skipped what is left alone, and why
 */
public record CompactionPlan(long readAt, List<FileGroup> groups, List<Skipped> skipped) {

  /** Plans against the state that the table's last refresh saw. */
  public static CompactionPlan of(UnifiedTable table, CompactionLimits limits) {
    Snapshot head = table.table().currentSnapshot();
    if (head == null || table.state().closed().ranges().isEmpty()) {
      return new CompactionPlan(head == null ? -1 : head.snapshotId(), List.of(), List.of());
    }
    return new CompactionPlanner(table, limits).plan(head.snapshotId());
  }
}
