package io.tidemark.catalog.commit;

import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * One commit that brings the rows of a load to a plain table.
 *
 * @param runId the caller's id of the run; the same id again is the same load
 * @param mode what becomes of the rows there are
 * @param files the files of the rows, none of them in the table yet
 * @param source where the rows come from, for people, e.g. {@code shop-db public.orders}
 */
public record Load(String runId, Mode mode, List<DataFile> files, String source) {

  /** What becomes of the rows that a table has. */
  public enum Mode {
    /** They go, and the load's rows are all there is. */
    FULL,
    /** They stay. */
    APPEND
  }

  public Load {
    files = List.copyOf(files);
  }

  /** Returns how many rows the files have. */
  public long rows() {
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }
}
