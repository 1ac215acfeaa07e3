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

  /** How many splits of a table a reader has at least, unless they would be too small. */
  private static final int ROUNDS = 4;

  /** The part of a split that is too small. */
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
      // To hold a snapshot for a single reader takes the connection that might read another table.
      boolean worthHolding = readers > 1 || readers == parallelism;
      return worthHolding ? new Reading(Kind.SHARED, readers) : Reading.WHOLE;
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
    long most = bytes(relation, reading);
    return pack(session.cut(relation, beside, most, readers), readers, most);
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
    return Math.max(
        1,
        LongMath.divide(
            relation.bytes(), rounds(relation.bytes(), readers) * readers, RoundingMode.CEILING));
  }

  /**
   * What has been read when a load is killed is worth something in whole splits only: a table has
   * some for each reader, or more where they would be too large.
   */
  private long rounds(long bytes, int readers) {
    if (!entry.partition().isEmpty()) {
      return rounds(bytes, readers, splitBytes * PARTITIONED);
    }
    long some = Math.min(ROUNDS, bytes / Math.max(1, splitBytes / SMALLEST * readers));
    return Math.max(some, rounds(bytes, readers, splitBytes));
  }

  private static long rounds(long bytes, int readers, long most) {
    return Math.max(1, LongMath.divide(bytes, most * readers, RoundingMode.CEILING));
  }

  /** Puts neighbours together, as a table may have thousands of small leaves, or none at all. */
  private static List<List<SourceRange>> pack(List<SourceRange> ranges, int readers, long most) {
    long total = ranges.stream().mapToLong(SourceRange::bytes).sum();
    long largest = ranges.stream().mapToLong(SourceRange::bytes).max().orElse(0);
    long target = Math.max(largest, Math.min(most, total / readers));
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
