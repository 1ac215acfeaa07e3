package io.tidemark.maintenance.internal;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.window.ClosedRange;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Window;
import io.tidemark.maintenance.TaskReport.Skipped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.util.StructLikeMap;

/** One planning, with what it gathers. */
final class CompactionPlanner {

  /** What a row takes in memory besides its values. */
  private static final long ROW_OVERHEAD_BYTES = 128;

  private final Table table;
  private final TableContract contract;
  private final ClosedSet closed;
  private final CompactionLimits limits;
  private final BinPacking packing;
  private final FileWindow windows;
  private final Map<Window, Map<StructLike, List<FileScanTask>>> files =
      new TreeMap<>(Comparator.reverseOrder());
  private final List<FileGroup> groups = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final long rowBytes;
  private long bytes;

  CompactionPlanner(UnifiedTable table, CompactionLimits limits) {
    this.table = table.table();
    this.contract = table.contract();
    this.closed = table.state().closed();
    this.limits = limits;
    this.packing = new BinPacking(this.table, limits);
    this.rowBytes =
        ROW_OVERHEAD_BYTES
            + this.table.schema().columns().stream().mapToLong(TypeUtil::estimateSize).sum();
    this.windows = new FileWindow(contract, this.table.schema());
  }

  CompactionPlan plan(long snapshotId) {
    try (CloseableIterable<FileScanTask> tasks = scan(snapshotId).planFiles()) {
      tasks.forEach(this::take);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.forEach((window, partitions) -> partitions.values().forEach(f -> pack(window, f)));
    return new CompactionPlan(snapshotId, List.copyOf(groups), List.copyOf(skipped));
  }

  private TableScan scan(long snapshotId) {
    Expression rows =
        closed.ranges().stream()
            .map(ClosedRange::range)
            .map(range -> TableLayout.filter(contract, range))
            .reduce(Expressions.alwaysFalse(), Expressions::or);
    return table
        .newScan()
        .useSnapshot(snapshotId)
        .filter(rows)
        .ignoreResiduals()
        .includeColumnStats(List.of(contract.period().column()));
  }

  private void take(FileScanTask task) {
    Optional<Window> window = windows.of(task.file());
    if (window.isEmpty()) {
      skip(task.file().location(), "its metrics do not show one window that holds all its rows");
    } else if (closed.isClosed(window.get())) {
      files
          .computeIfAbsent(window.get(), w -> StructLikeMap.create(table.spec().partitionType()))
          .computeIfAbsent(partition(task), p -> new ArrayList<>())
          .add(task);
    }
  }

  /** Files of an older spec are packed together: each may hold rows of several partitions. */
  private StructLike partition(FileScanTask task) {
    return task.file().specId() == table.spec().specId()
        ? task.file().partition()
        : GenericRecord.create(table.spec().partitionType());
  }

  private void pack(Window window, List<FileScanTask> tasks) {
    for (List<FileScanTask> group : packing.pack(tasks)) {
      FileGroup candidate =
          new FileGroup(
              window,
              closed.version(window),
              group,
              packing.expectedFiles(group),
              packing.fileBytes(group),
              fitsInMemory(group));
      if (bytes + candidate.bytes() > limits.runBytes()) {
        skip(
            window.toString(),
            "%d files with %d bytes are more than what is left of %d bytes for one run"
                .formatted(group.size(), candidate.bytes(), limits.runBytes()));
      } else {
        bytes += candidate.bytes();
        groups.add(candidate);
      }
    }
  }

  private boolean fitsInMemory(List<FileScanTask> group) {
    long rows = group.stream().mapToLong(task -> task.file().recordCount()).sum();
    return rows * rowBytes <= limits.sortBytes();
  }

  private void skip(String subject, String reason) {
    skipped.add(new Skipped(subject, reason));
  }
}
