package io.tidemark.catalog.simulation;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.CommitUnresolvedException;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Rewrite;
import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.relocated.com.google.common.collect.Streams;

/**
 * The table's own maintenance: compaction of closed windows, expiry within its bounds, and the end
 * of streams, which come back by a take-over.
 */
final class Upkeep implements Runnable {

  private final World world;

  Upkeep(World world) {
    this.world = world;
  }

  @Override
  public void run() {
    List<Runnable> deeds = new ArrayList<>();
    deeds.addAll(
        Collections.nCopies(
            world.profile().compactions(), () -> world.inFlight("compaction", this::compact)));
    deeds.addAll(Collections.nCopies(world.profile().expiries(), this::expire));
    deeds.addAll(Collections.nCopies(world.profile().retirements(), this::retire));
    Collections.shuffle(deeds, world.schedule().random());
    for (Runnable deed : deeds) {
      world.idle(Duration.ofSeconds(world.schedule().random().nextInt(60)));
      attempt(deed);
    }
  }

  /** Ends a stream, whatever it is doing. */
  private void retire() {
    int which = world.schedule().random().nextInt(world.sources().size());
    String streamId = world.sources().get(which).streamId();
    world.inFlight("retirement", () -> world.load().retire(streamId, Duration.ZERO));
  }

  private void attempt(Runnable deed) {
    try {
      deed.run();
    } catch (RefusedException
        | HistoryRewrittenException
        | InvalidRequestException
        | CommitUnresolvedException e) {
      world.schedule().note(e.getMessage());
    } catch (Crash e) {
      world.schedule().self().restart();
      world.schedule().note("crashed");
    }
  }

  private boolean compact() {
    UnifiedTable table = world.load();
    List<Window> closed =
        world.windows().stream().filter(table.state().closed()::isClosed).toList();
    if (closed.isEmpty()) {
      return false;
    }
    Window window = closed.get(world.schedule().random().nextInt(closed.size()));
    long readAt = table.table().currentSnapshot().snapshotId();
    List<DataFile> files = Scans.files(world, table.table(), readAt, window);
    if (files.isEmpty()) {
      return false;
    }
    int version = table.state().closed().version(window);
    List<Row> rows = files.stream().flatMap(f -> Scans.rows(world, f).stream()).toList();
    List<DataFile> written = world.pool().write(table.table(), rows);
    String commitId = world.ledger().newId("rewrite");
    table.rewrite(
        new Rewrite(
            commitId,
            List.of(window),
            List.of(version),
            readAt,
            new HashSet<>(files),
            new HashSet<>(written)));
    return true;
  }

  /** Expires by id what the guard let go of, so that nothing else goes if main moves meanwhile. */
  private void expire() {
    UnifiedTable guarded = world.load();
    long before = guarded.expirableBefore(World.FLIGHT).toEpochMilli();
    Snapshot head = guarded.table().currentSnapshot();
    List<Long> expired =
        Streams.stream(guarded.table().snapshots())
            .filter(s -> s.timestampMillis() < before && !s.equals(head))
            .map(Snapshot::snapshotId)
            .toList();
    Table table = world.loadPlain();
    world.schedule().self().asForeigner(() -> expire(table, expired));
  }

  private void expire(Table table, List<Long> expired) {
    try {
      ExpireSnapshots expire = table.expireSnapshots().expireOlderThan(0);
      expired.forEach(expire::expireSnapshotId);
      expire.cleanExpiredFiles(true).commit();
    } catch (CommitFailedException | IllegalArgumentException e) {
      world.schedule().note("could not expire: " + e.getMessage());
    }
  }
}
