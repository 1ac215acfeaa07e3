package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.postgres.copy.CopyRange;
import io.tidemark.batch.internal.postgres.copy.CopyRanges;
import io.tidemark.batch.internal.postgres.copy.PostgresTable;
import io.tidemark.catalog.manifest.LoadEntry;
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

  private static final int CONNECTIONS_WORTH_CUTTING_FOR = 3;

  /** The part of a split below which a table is not worth more than one connection. */
  private static final int WORTH_CUTTING = 4;

  /** Partitioned files are many times smaller: there are as few splits as there may be. */
  private static final int PARTITIONED = 16;

  /** Returns how many tasks should read a table: 1 where it is not worth a snapshot to share. */
  int readers(PostgresTable relation, int parallelism) {
    int connections = entry.source().connections();
    boolean worthCutting =
        connections >= CONNECTIONS_WORTH_CUTTING_FOR
            && relation.bytes() >= splitBytes / WORTH_CUTTING;
    return worthCutting ? Math.min(parallelism, connections - 1) : 1;
  }

  /**
   * Cuts what a table has beside some ranges into parts of about the same size; none where there is
   * nothing beside.
   */
  List<List<CopyRange>> parts(PostgresTable relation, List<CopyRange> beside, int readers) {
    return pack(CopyRanges.of(relation, beside, bytes(relation, readers), readers), readers);
  }

  /** As many splits as fill rounds of all readers, so that none reads while the others wait. */
  private long bytes(PostgresTable relation, int readers) {
    long most = splitBytes * (entry.partition().isEmpty() ? 1 : PARTITIONED);
    long rounds = LongMath.divide(relation.bytes(), most * readers, RoundingMode.CEILING);
    return Math.max(
        1, LongMath.divide(relation.bytes(), Math.max(1, rounds) * readers, RoundingMode.CEILING));
  }

  /** Puts neighbours together, as a table may have thousands of small leaves, or none at all. */
  private List<List<CopyRange>> pack(List<CopyRange> ranges, int readers) {
    long total = ranges.stream().mapToLong(CopyRange::bytes).sum();
    long largest = ranges.stream().mapToLong(CopyRange::bytes).max().orElse(0);
    long target = Math.max(largest, Math.min(splitBytes, total / readers));
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
    return parts;
  }
}
