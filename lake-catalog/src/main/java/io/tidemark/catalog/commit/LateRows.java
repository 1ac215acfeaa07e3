package io.tidemark.catalog.commit;

import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * Copies rows into the quarantine's files, for event files whose window closed before they could be
 * committed. A copy, because a file's path enters one table only, and once.
 */
@FunctionalInterface
public interface LateRows {

  /**
   * Writes the rows of files as files of the quarantine.
   *
   * @param files data files written for the main table
   * @return the rows, as files of the quarantine that are not committed yet
   */
  Publish.SideRows copy(List<DataFile> files);
}
