package io.tidemark.catalog.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Tells what expiry must leave alone. */
public final class ExpiryGuard {

  private ExpiryGuard() {}

  /**
   * Returns the instant from which on snapshots are needed: by a stream that may start from its
   * token's snapshot, by the newest commit, by the next one, which looks for foreign writes since
   * then, or by a commit under way, which reads the snapshot it began on and looks itself up. A
   * rewritten history is needed whole until it is repaired.
   */
  public static Instant neededFrom(Table table, Instant now, Duration flight) {
    Base base =
        new Base(
            table.name(),
            ((BaseTable) table).operations(),
            ((BaseTable) table).operations().refresh());
    if (base.rewrittenAnchor().isPresent()) {
      return Instant.EPOCH;
    }
    Instant takeOff = now.minus(flight);
    Stream<Snapshot> currentThen =
        base.lineage().stream().filter(s -> !time(s).isAfter(takeOff)).limit(1);
    return Stream.concat(currentThen, ofState(base))
        .map(ExpiryGuard::time)
        .reduce(takeOff, (a, b) -> a.isBefore(b) ? a : b);
  }

  private static Stream<Snapshot> ofState(Base base) {
    Stream<Long> tokens = base.state().liveTokens().stream().map(t -> t.snapshotId());
    Stream<Long> anchor = Stream.ofNullable(base.state().anchor()).map(a -> a.snapshotId());
    Stream<Snapshot> unseen = base.lineage().after(base.state().anchor()).limit(1);
    Stream<Snapshot> named =
        Stream.concat(tokens, anchor)
            .map(id -> Optional.ofNullable(base.metadata().snapshot(id)))
            .flatMap(Optional::stream);
    return Stream.concat(named, unseen);
  }

  private static Instant time(Snapshot snapshot) {
    return Instant.ofEpochMilli(snapshot.timestampMillis());
  }
}
