package io.tidemark.maintenance.internal;

import io.tidemark.catalog.window.Window;
import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;

/**
 * Files of one closed window that become fewer, or better sized, files.
 *
 * @param window the window
 * @param version the version it had at the snapshot the files were planned at
 * @param tasks the files, with the delete files that apply to them
 * @param expectedFiles how many files should come out
 * @param fileBytes the size at which a new file is begun
 * @param sorted whether the rows are to be put into the table's sort order, in memory
 */
public record FileGroup(
    Window window,
    int version,
    List<FileScanTask> tasks,
    int expectedFiles,
    long fileBytes,
    boolean sorted)
    implements Serializable {

  public FileGroup {
    tasks = List.copyOf(tasks);
  }

  /** Returns the files. */
  public List<DataFile> files() {
    return tasks.stream().map(FileScanTask::file).toList();
  }

  /** Returns the size of the files. */
  public long bytes() {
    return tasks.stream().mapToLong(FileScanTask::length).sum();
  }

  /** Returns the rows of the files, deleted ones too. */
  public long records() {
    return tasks.stream().mapToLong(t -> t.file().recordCount()).sum();
  }

  /** Tells whether delete files take rows out of the files. */
  public boolean hasDeletes() {
    return tasks.stream().anyMatch(t -> !t.deletes().isEmpty());
  }
}
