package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Anchor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/** The snapshots that are reachable from main, newest first. Only these were ever committed. */
final class Lineage {

  private final TableMetadata metadata;
  private final Map<Long, Snapshot> snapshots = new LinkedHashMap<>();
  private @Nullable Snapshot oldest;

  Lineage(TableMetadata metadata) {
    this.metadata = metadata;
    Snapshot next = metadata.currentSnapshot();
    while (next != null) {
      snapshots.put(next.snapshotId(), next);
      oldest = next;
      next = next.parentId() == null ? null : metadata.snapshot(next.parentId());
    }
  }

  /** Returns the snapshots, newest first. */
  Stream<Snapshot> stream() {
    return snapshots.values().stream();
  }

  /** Returns the snapshots of the metadata that main does not reach. */
  Stream<Snapshot> offMain() {
    return StreamSupport.stream(metadata.snapshots().spliterator(), false)
        .filter(s -> !snapshots.containsKey(s.snapshotId()));
  }

  /** Returns the snapshot of a commit on main. */
  Optional<Snapshot> find(String commitId) {
    return stream().filter(s -> commitId.equals(s.summary().get(Keys.COMMIT_ID))).findFirst();
  }

  /** Tells whether a commit is in the metadata but no longer part of main. */
  boolean lost(String commitId) {
    return find(commitId).isEmpty()
        && offMain().anyMatch(s -> commitId.equals(s.summary().get(Keys.COMMIT_ID)));
  }

  boolean contains(long snapshotId) {
    return snapshots.containsKey(snapshotId);
  }

  /** Tells whether the whole history back to the table's first snapshot is retained. */
  boolean reachesRoot() {
    return oldest == null || oldest.parentId() == null;
  }

  /** Tells whether every snapshot above a sequence number is retained. */
  boolean reachesBackTo(long sequenceNumber) {
    return reachesRoot() || oldest.sequenceNumber() <= sequenceNumber + 1;
  }

  /**
   * Tells whether history was rewritten behind a piece of state: its snapshot is not part of main
   * although it can not have expired.
   */
  boolean rewrittenBehind(Anchor anchor) {
    if (contains(anchor.snapshotId())) {
      return false;
    }
    Snapshot head = metadata.currentSnapshot();
    if (head == null || head.sequenceNumber() < anchor.sequenceNumber()) {
      return true;
    }
    if (metadata.snapshot(anchor.snapshotId()) != null || reachesRoot()) {
      return true;
    }
    return oldest != null && oldest.sequenceNumber() <= anchor.sequenceNumber();
  }

  /** Returns the snapshots after a piece of state was written, oldest first. */
  Stream<Snapshot> after(@Nullable Anchor anchor) {
    return stream()
        .takeWhile(s -> anchor == null || s.snapshotId() != anchor.snapshotId())
        .filter(s -> anchor == null || s.sequenceNumber() > anchor.sequenceNumber())
        .sorted((a, b) -> Long.compare(a.sequenceNumber(), b.sequenceNumber()));
  }
}
