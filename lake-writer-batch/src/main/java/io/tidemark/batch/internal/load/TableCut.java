package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.load.Reading.Kind;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.LoadEntry.Consistency;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.relocated.com.google.common.math.LongMath;

/**
 * How a table is cut into splits.
 *
 * @param entry what the manifest says of its load
 * @param splitBytes how many bytes of the database a split has at most
 */
record TableCut(LoadEntry entry, long splitBytes) {

  /** The part of a split below which a table is not worth more than one connection. */
  private static final int WORTH_CUTTING = 4;

  /** How many splits of a table a reader has at least, unless they would be too small a part. */
  private static final int ROUNDS = 4;

  private static final int SMALLEST = 8;

  /** Partitioned files are many times smaller: there are as few splits as there may be. */
  private static final int PARTITIONED = 16;

  /**
   * Chooses how a table is read: whole where it is not worth a plan, as where ranges would help
   * nobody: neither other readers, nor a load that takes them over.
   *
   * @param parallelism how many tasks there are
   */
  Reading reading(SourceTable relation, int parallelism) {
    int connections = entry.source().connections();
    if (relation.bytes() < splitBytes / WORTH_CUTTING) {
      return Reading.WHOLE;
    }
    if (relation.isShareable()) {
      int readers = Math.min(parallelism, connections - 1);
      return readers > 0 ? new Reading(Kind.SHARED, readers) : Reading.WHOLE;
    }
    int readers = Math.min(parallelism, connections);
    if (entry.consistency() == Consistency.RANGES && readers > 1) {
      return new Reading(Kind.APART, readers);
    }
    return relation.isLasting() ? new Reading(Kind.ALONE, 1) : Reading.WHOLE;
  }

  /**
   * Cuts what a table has beside some ranges into parts of about the same size; none where there is
   * nothing beside.
   */
  List<List<SourceRange>> parts(
      SourceSession session, SourceTable relation, List<SourceRange> beside, Reading reading) {
    int readers = reading.readers();
    return pack(session.cut(relation, beside, bytes(relation, reading), readers), readers);
  }

  /**
   * As many splits as fill rounds of all readers, so that none reads while the others wait. Of keys
   * that no later attempt can take over, one round will do: a database may read all of a table for
   * each range.
   */
  private long bytes(SourceTable relation, Reading reading) {
    int readers = reading.readers();
    if (reading.kind() == Kind.APART && !relation.isLasting()) {
      return Math.max(1, LongMath.divide(relation.bytes(), readers, RoundingMode.CEILING));
    }
    long most = most(relation.bytes() / readers);
    long rounds = LongMath.divide(relation.bytes(), most * readers, RoundingMode.CEILING);
    return Math.max(
        1, LongMath.divide(relation.bytes(), Math.max(1, rounds) * readers, RoundingMode.CEILING));
  }

  /**
   * What has been read when a load is killed is worth something only in whole splits, of which a
   * table therefore has some, or more where they are worth cutting.
   */
  private long most(long bytesOfReader) {
    if (!entry.partition().isEmpty()) {
      return splitBytes * PARTITIONED;
    }
    return Math.min(splitBytes, Math.max(splitBytes / SMALLEST, bytesOfReader / ROUNDS));
  }

  /** Puts neighbours together, as a table may have thousands of small leaves, or none at all. */
  private List<List<SourceRange>> pack(List<SourceRange> ranges, int readers) {
    long total = ranges.stream().mapToLong(SourceRange::bytes).sum();
    long largest = ranges.stream().mapToLong(SourceRange::bytes).max().orElse(0);
    long target = Math.max(largest, Math.min(splitBytes, total / readers));
    List<List<SourceRange>> parts = new ArrayList<>();
    long bytes = target;
    for (SourceRange range : ranges) {
      if (parts.isEmpty() || bytes + range.bytes() > target) {
        parts.add(new ArrayList<>());
        bytes = 0;
      }
      parts.get(parts.size() - 1).add(range);
      bytes += range.bytes();
    }
    return parts;
  }
}
