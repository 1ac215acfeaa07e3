package io.tidemark.catalog.commit;

import io.tidemark.catalog.window.Window;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;

/**
 * A compaction of closed windows: the same rows in other files.
 *
 * @param commitId the random id of this rewrite
 * @param windows the closed windows whose files are rewritten
 * @param versions the version each window had when its files were read
 * @param readAt the snapshot the files were read at
 * @param removed the files read
 * @param added the files written
 */
public record Rewrite(
    String commitId,
    List<Window> windows,
    List<Integer> versions,
    long readAt,
    Set<DataFile> removed,
    Set<DataFile> added) {

  public Rewrite {
    windows = List.copyOf(windows);
    versions = List.copyOf(versions);
    removed = Set.copyOf(removed);
    added = Set.copyOf(added);
  }
}
