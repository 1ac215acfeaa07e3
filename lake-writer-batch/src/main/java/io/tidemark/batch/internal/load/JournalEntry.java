package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceRows;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;

/**
 * A split of a load that is done.
 *
 * @param fingerprint what was asked for
 * @param writtenAt when its files were whole, in milliseconds since 1970
 * @param ranges what was read
 * @param nulls how many values had no place in their column and became null
 * @param counted the columns of which parity could only count the values
 * @param files the files of its rows
 */
record JournalEntry(
    String fingerprint,
    long writtenAt,
    List<Range> ranges,
    long nulls,
    Set<String> counted,
    List<DataFile> files)
    implements Serializable {

  /**
   * A range that was read.
   *
   * @param text the range, as {@link SourceRange#text()} tells it
   * @param rows how many rows it had
   * @param proof what tells whether it still has them, as {@link SourceRows#proof()} told it
   */
  record Range(String text, long rows, String proof) implements Serializable {}

  JournalEntry {
    ranges = List.copyOf(ranges);
    counted = Set.copyOf(counted);
    files = List.copyOf(files);
  }

  /** Returns how many rows it brought. */
  long rows() {
    return ranges.stream().mapToLong(Range::rows).sum();
  }
}
