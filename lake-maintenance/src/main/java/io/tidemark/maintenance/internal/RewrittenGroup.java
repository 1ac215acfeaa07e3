package io.tidemark.maintenance.internal;

import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/**
 * What a task made of a group.
 *
 * @param index the group's place in the plan
 * @param rowsRead the rows read, without deleted ones
 * @param added the files written; none where it failed
 * @param failure why it failed, or null
 */
record RewrittenGroup(int index, long rowsRead, List<DataFile> added, @Nullable String failure)
    implements Serializable {

  /** Returns the rows written. */
  long rowsWritten() {
    return added.stream().mapToLong(DataFile::recordCount).sum();
  }

  long bytesWritten() {
    return added.stream().mapToLong(DataFile::fileSizeInBytes).sum();
  }
}
