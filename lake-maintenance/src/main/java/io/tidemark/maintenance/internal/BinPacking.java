package io.tidemark.maintenance.internal;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.BinPackRewriteFilePlanner;
import org.apache.iceberg.relocated.com.google.common.collect.Iterables;

/**
 * Iceberg's bin packing of the files of one partition, less the groups that would come out as many
 * files as they went in, which every run would take up again.
 */
final class BinPacking extends BinPackRewriteFilePlanner {

  /** Small enough that a large partition is rewritten by several tasks at once. */
  private static final long FILES_PER_GROUP = 4;

  BinPacking(Table table, CompactionLimits limits) {
    super(table);
    init(
        Map.of(
            TARGET_FILE_SIZE_BYTES, String.valueOf(limits.fileBytes()),
            MIN_INPUT_FILES, String.valueOf(limits.minInputFiles()),
            MAX_FILE_GROUP_SIZE_BYTES, String.valueOf(FILES_PER_GROUP * limits.fileBytes())));
  }

  Iterable<List<FileScanTask>> pack(List<FileScanTask> tasks) {
    return planFileGroups(tasks);
  }

  int expectedFiles(List<FileScanTask> group) {
    return expectedOutputFiles(inputSize(group));
  }

  long fileBytes(List<FileScanTask> group) {
    return inputSplitSize(inputSize(group));
  }

  @Override
  protected Iterable<List<FileScanTask>> filterFileGroups(List<List<FileScanTask>> groups) {
    return Iterables.filter(super.filterFileGroups(groups), this::pays);
  }

  private boolean pays(List<FileScanTask> group) {
    return expectedFiles(group) != group.size()
        || group.stream().anyMatch(task -> !task.deletes().isEmpty());
  }
}
