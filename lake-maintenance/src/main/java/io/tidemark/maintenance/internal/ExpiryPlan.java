package io.tidemark.maintenance.internal;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.relocated.com.google.common.collect.Lists;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Which snapshots of a table may expire.
 *
 * <p>Main keeps an unbroken run of its newest snapshots, down to the deepest that is still wanted:
 * clocks of several writers differ, and an old time stamp may sit above a young one.
 *
 * @param snapshots how many snapshots there are
 * @param expired the ids of those that may expire
 * @param heldBack how many more would expire if no writer needed them
 */
record ExpiryPlan(int snapshots, Set<Long> expired, int heldBack) {

  /**
   * Plans an expiry.
   *
   * @param guard the instant before which no writer and no state needs a snapshot
   */
  static ExpiryPlan of(Table table, ExpiryLimits limits, Instant now, Instant guard) {
    List<Snapshot> all = StreamSupport.stream(table.snapshots().spliterator(), false).toList();
    List<Snapshot> main = Lists.newArrayList(SnapshotUtil.currentAncestors(table));
    long asked = asked(main, limits, now);
    long allowed = Math.min(asked, guard.toEpochMilli());
    int keepAsked = keep(main, limits, asked, Long.MAX_VALUE);
    int keep = keep(main, limits, allowed, now.minus(limits.flight()).toEpochMilli());
    Set<Long> referenced =
        table.refs().values().stream().map(SnapshotRef::snapshotId).collect(Collectors.toSet());
    Set<Long> kept =
        main.stream().limit(keep).map(Snapshot::snapshotId).collect(Collectors.toSet());
    Set<Long> expired =
        all.stream()
            .filter(s -> s.timestampMillis() < allowed)
            .map(Snapshot::snapshotId)
            .filter(id -> !kept.contains(id) && !referenced.contains(id))
            .collect(Collectors.toSet());
    return new ExpiryPlan(all.size(), expired, keep - keepAsked);
  }

  /** Returns the time stamp before which the caller wants snapshots to expire. */
  private static long asked(List<Snapshot> main, ExpiryLimits limits, Instant now) {
    long byAge = now.minus(limits.age()).toEpochMilli();
    return main.size() <= limits.retainAtMost()
        ? byAge
        : Math.max(byAge, main.get(limits.retainAtMost() - 1).timestampMillis());
  }

  /** Returns how many of main's newest snapshots stay. */
  private static int keep(List<Snapshot> main, ExpiryLimits limits, long before, long flightStart) {
    int keep = Math.min(limits.retainLast(), main.size());
    for (int i = 0; i < main.size(); i++) {
      if (main.get(i).timestampMillis() >= before) {
        keep = Math.max(keep, i + 1);
      }
      boolean parentWasNewest = main.get(i).timestampMillis() >= flightStart;
      if (parentWasNewest && i + 1 < main.size()) {
        keep = Math.max(keep, i + 2);
      }
    }
    return keep;
  }
}
