package io.tidemark.catalog.simulation;

import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** Reads a table as its readers do. */
final class Scans {

  private Scans() {}

  /** Returns the files of a window at a snapshot, in the order of their names. */
  static List<DataFile> files(World world, Table table, long snapshotId, Window window) {
    return files(table, snapshotId).stream()
        .filter(file -> rows(world, file).get(0).window().equals(window))
        .toList();
  }

  /** Returns all rows at a snapshot. */
  static List<Row> rows(World world, Table table, long snapshotId) {
    return files(table, snapshotId).stream().flatMap(file -> rows(world, file).stream()).toList();
  }

  static List<Row> rows(World world, DataFile file) {
    return world.pool().rows(file.location());
  }

  private static List<DataFile> files(Table table, long snapshotId) {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshotId).includeColumnStats().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(Comparator.comparing(DataFile::location));
    return files;
  }
}
