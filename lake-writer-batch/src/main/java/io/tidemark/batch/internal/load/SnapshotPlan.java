package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.postgres.Session;
import io.tidemark.batch.internal.postgres.copy.CopyRange;
import io.tidemark.batch.internal.postgres.copy.CopyRanges;
import io.tidemark.batch.internal.postgres.copy.PostgresTable;
import io.tidemark.catalog.manifest.LoadEntry;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.relocated.com.google.common.math.LongMath;

/**
 * The splits of a large table, which are all read in one snapshot while a session holds it.
 *
 * @param holder the session, which whoever gets this closes
 * @param splits the splits, at least one
 */
record SnapshotPlan(Session holder, List<LoadSplit> splits) {

  /** Below this a table is not worth more than one connection. */
  static final long WORTH_CUTTING = 64L << 20;

  private static final int CONNECTIONS_WORTH_CUTTING_FOR = 3;

  /** What a split has at most, so that work is shared and a file comes out at about its target. */
  private static final long SPLIT_BYTES = 512L << 20;

  /** Partitioned files are many times smaller: there are as few splits as there may be. */
  private static final long PARTITIONED_SPLIT_BYTES = 4L << 30;

  /**
   * Takes a snapshot of a table and cuts it.
   *
   * @param readers how many tasks will read it
   */
  static SnapshotPlan of(TableLoad load, int table, int attempt, int readers) {
    Session holder = Session.openForLoad(load.source());
    try {
      String snapshot = holder.export();
      PostgresTable relation = load.hold(holder);
      List<List<CopyRange>> parts = cut(load.entry(), relation, readers);
      return new SnapshotPlan(
          holder,
          IntStream.range(0, parts.size())
              .mapToObj(
                  i -> new LoadSplit(table, attempt, i, parts.size(), snapshot, parts.get(i), null))
              .toList());
    } catch (RuntimeException e) {
      holder.close();
      throw e;
    }
  }

  /** Returns how many tasks should read a table: 1 where it is not worth a snapshot to share. */
  static int readers(LoadEntry entry, PostgresTable relation, int parallelism) {
    int connections = entry.source().connections();
    boolean worthCutting =
        connections >= CONNECTIONS_WORTH_CUTTING_FOR && relation.bytes() >= WORTH_CUTTING;
    return worthCutting ? Math.min(parallelism, connections - 1) : 1;
  }

  /** Cuts a table into parts of about the same size. */
  static List<List<CopyRange>> cut(LoadEntry entry, PostgresTable relation, int readers) {
    return pack(CopyRanges.of(relation, splitBytes(entry, relation, readers), readers), readers);
  }

  /** As many splits as fill rounds of all readers, so that none reads while the others wait. */
  private static long splitBytes(LoadEntry entry, PostgresTable relation, int readers) {
    long most = entry.partition().isEmpty() ? SPLIT_BYTES : PARTITIONED_SPLIT_BYTES;
    long rounds = LongMath.divide(relation.bytes(), most * readers, RoundingMode.CEILING);
    return Math.max(
        1, LongMath.divide(relation.bytes(), Math.max(1, rounds) * readers, RoundingMode.CEILING));
  }

  /** Puts neighbours together, as a table may have thousands of small leaves, or none at all. */
  private static List<List<CopyRange>> pack(List<CopyRange> ranges, int readers) {
    long total = ranges.stream().mapToLong(CopyRange::bytes).sum();
    long largest = ranges.stream().mapToLong(CopyRange::bytes).max().orElse(0);
    long target = Math.max(largest, Math.min(SPLIT_BYTES, total / readers));
    List<List<CopyRange>> parts = new ArrayList<>();
    long bytes = target;
    for (CopyRange range : ranges) {
      if (parts.isEmpty() || bytes + range.bytes() > target) {
        parts.add(new ArrayList<>());
        bytes = 0;
      }
      parts.get(parts.size() - 1).add(range);
      bytes += range.bytes();
    }
    return parts.isEmpty() ? List.of(List.of()) : parts;
  }
}
