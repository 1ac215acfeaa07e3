package io.tidemark.catalog.internal;

import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;

/** How many rows each window has. */
record WindowRows(Map<Window, Long> rows) {

  /** Counts the live rows of a base in a range of windows, without reading a data file. */
  static WindowRows live(Base base, Window range) {
    Map<Window, Long> rows = new HashMap<>();
    if (base.metadata().currentSnapshot() == null) {
      return new WindowRows(rows);
    }
    FileWindows windows = base.fileWindows();
    try (CloseableIterable<FileScanTask> tasks =
        base.table()
            .newScan()
            .filter(TableLayout.filter(base.contract(), range))
            .includeColumnStats()
            .planFiles()) {
      tasks.forEach(task -> count(rows, windows, task.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WindowRows(rows);
  }

  /** Counts the rows of files. */
  static WindowRows of(FileWindows windows, List<DataFile> files) {
    Map<Window, Long> rows = new HashMap<>();
    files.forEach(file -> count(rows, windows, file));
    return new WindowRows(rows);
  }

  private static void count(Map<Window, Long> rows, FileWindows windows, DataFile file) {
    Optional<Window> window = windows.touched(file);
    window.ifPresent(w -> rows.merge(w, file.recordCount(), Long::sum));
  }

  long in(Window window) {
    return rows.getOrDefault(window, 0L);
  }

  long total() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
