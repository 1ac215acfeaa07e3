package io.tidemark.maintenance;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.maintenance.internal.Compaction;
import io.tidemark.maintenance.internal.CompactionLimits;
import org.apache.flink.configuration.MemorySize;

/**
 * Rewrites the small files of closed windows into fewer ones, of the table's current schema, spec
 * and sort order. Open windows are never touched, and no reader sees a row missing or twice.
 *
 * <p>Files are picked by Iceberg's bin packing within each partition of a window, and rewritten by
 * a bounded Flink job. The row counts are compared before a commit. A window that was resealed
 * meanwhile is skipped; old files stay until their snapshots expire.
 *
 * <p>Defaults: 2 input files at least, 64 GiB read in a run, 128 MiB of memory to sort a group, 10
 * commits at most.
 */
public final class CompactClosedWindows implements MaintenanceTask {

  private final MemorySize targetFileSize;
  private int minInputFiles = 2;
  private MemorySize maxBytesPerRun = MemorySize.ofMebiBytes(64 * 1024);
  private MemorySize sortMemory = MemorySize.ofMebiBytes(128);
  private int maxCommits = 10;

  private CompactClosedWindows(MemorySize targetFileSize) {
    this.targetFileSize = targetFileSize;
  }

  /**
   * Starts a compaction to files of about a size.
   *
   * @throws InvalidRequestException if the size is zero
   */
  public static CompactClosedWindows targetFileSize(MemorySize size) {
    check(size.getBytes() > 0, "target file size must be positive", size);
    return new CompactClosedWindows(size);
  }

  /** Sets how many small files of one partition are worth a rewrite, at least 2. */
  public CompactClosedWindows minInputFiles(int files) {
    check(files >= 2, "min input files must be at least 2", files);
    this.minInputFiles = files;
    return this;
  }

  /** Sets how much one run may read; what is left over is skipped, oldest windows first. */
  public CompactClosedWindows maxBytesPerRun(MemorySize size) {
    this.maxBytesPerRun = size;
    return this;
  }

  /**
   * Sets how much memory a task may take to put the rows of a group into the table's sort order.
   * Larger groups are compacted in the order they are read.
   */
  public CompactClosedWindows sortMemory(MemorySize size) {
    this.sortMemory = size;
    return this;
  }

  /** Sets in how many commits a run lands at most, refused ones aside. */
  public CompactClosedWindows maxCommits(int commits) {
    check(commits >= 1, "max commits must be at least 1", commits);
    this.maxCommits = commits;
    return this;
  }

  @Override
  public String name() {
    return "compact-closed-windows";
  }

  @Override
  public TaskReport run(TaskContext context) {
    CompactionLimits limits =
        new CompactionLimits(
            targetFileSize.getBytes(),
            minInputFiles,
            maxBytesPerRun.getBytes(),
            sortMemory.getBytes(),
            maxCommits);
    return new Compaction(name(), context, limits).run();
  }

  private static void check(boolean holds, String reason, Object value) {
    if (!holds) {
      throw new InvalidRequestException("Cannot compact: %s: %s".formatted(reason, value));
    }
  }
}
