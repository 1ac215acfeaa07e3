package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.postgres.copy.CopyRange;
import io.tidemark.batch.internal.postgres.copy.Leaf;
import io.tidemark.batch.internal.postgres.copy.SnapshotMark;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;

/**
 * A split of a load that is done.
 *
 * @param fingerprint what was asked for
 * @param mark the snapshot it was read in
 * @param ranges what was read
 * @param nulls how many values had no place in their column and became null
 * @param counted the columns of which parity could only count the values
 * @param files the files of its rows
 */
record JournalEntry(
    String fingerprint,
    SnapshotMark mark,
    List<Range> ranges,
    long nulls,
    Set<String> counted,
    List<DataFile> files)
    implements Serializable {

  /**
   * A range that was read.
   *
   * @param leaf the relation, as {@link Leaf#identity()} tells it
   * @param fromPage the first page
   * @param toPage the page after the last one; {@link CopyRange#OPEN} for all there were
   * @param rows how many rows it had
   */
  record Range(String leaf, long fromPage, long toPage, long rows) implements Serializable {

    boolean overlaps(Range other) {
      return leaf.equals(other.leaf) && fromPage < other.toPage && other.fromPage < toPage;
    }
  }

  JournalEntry {
    ranges = List.copyOf(ranges);
    counted = Set.copyOf(counted);
    files = List.copyOf(files);
  }

  /** Returns how many rows it brought. */
  long rows() {
    return ranges.stream().mapToLong(Range::rows).sum();
  }

  boolean overlaps(JournalEntry other) {
    return ranges.stream().anyMatch(r -> other.ranges.stream().anyMatch(r::overlaps));
  }
}
