package io.tidemark.benchmarks.load;

import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * What a load has left behind, compared with the source.
 *
 * @param files the data files
 * @param bytes their size
 * @param problem what is wrong, null where the table has the source's rows
 */
record LoadCheck(long files, long bytes, @Nullable String problem) {

  static LoadCheck of(LoadTask task, int exitCode, Map<String, ColumnDigest> expected) {
    try {
      return task.lake().read(task.table(), table -> of(task, exitCode, expected, table));
    } catch (RuntimeException e) {
      return new LoadCheck(0, 0, "cannot be read: " + e);
    }
  }

  private static LoadCheck of(
      LoadTask task, int exitCode, Map<String, ColumnDigest> expected, Table table) {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return new LoadCheck(0, 0, "nothing was committed, exit code " + exitCode);
    }
    return new LoadCheck(
        number(snapshot, SnapshotSummary.TOTAL_DATA_FILES_PROP),
        number(snapshot, SnapshotSummary.TOTAL_FILE_SIZE_PROP),
        exitCode == 0 ? difference(task, expected, table) : "exit code " + exitCode);
  }

  private static @Nullable String difference(
      LoadTask task, Map<String, ColumnDigest> expected, Table table) {
    Map<String, ColumnDigest> found = TableDigest.of(task.table(), table);
    if (!table.spec().equals(task.table().spec(task.partitioned()))) {
      return "is partitioned by " + table.spec();
    }
    return expected.entrySet().stream()
        .filter(column -> !column.getValue().equals(found.get(column.getKey())))
        .findFirst()
        .map(
            column ->
                "%s: the source has %s, the table %s"
                    .formatted(column.getKey(), column.getValue(), found.get(column.getKey())))
        .orElse(null);
  }

  private static long number(Snapshot snapshot, String property) {
    return Long.parseLong(snapshot.summary().getOrDefault(property, "0"));
  }
}
