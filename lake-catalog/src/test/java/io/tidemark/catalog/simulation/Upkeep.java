package io.tidemark.catalog.simulation;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.CommitUnresolvedException;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Rewrite;
import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;

/** The table's own maintenance: compaction of closed windows, and expiry within its bounds. */
final class Upkeep implements Runnable {

  private final World world;

  Upkeep(World world) {
    this.world = world;
  }

  @Override
  public void run() {
    int compactions = world.profile().compactions();
    int expiries = world.profile().expiries();
    while (compactions + expiries > 0) {
      world.idle(Duration.ofSeconds(world.schedule().random().nextInt(60)));
      boolean compacts = world.schedule().random().nextInt(compactions + expiries) < compactions;
      if (compacts) {
        compactions--;
      } else {
        expiries--;
      }
      attempt(compacts ? () -> world.inFlight("compaction", this::compact) : this::expire);
    }
  }

  private void attempt(Runnable deed) {
    try {
      deed.run();
    } catch (RefusedException | CommitUnresolvedException e) {
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

  private void expire() {
    long before = world.load().expirableBefore(World.FLIGHT).toEpochMilli();
    Table table = world.loadPlain();
    world.schedule().self().asForeigner(() -> expire(table, before));
  }

  private void expire(Table table, long before) {
    try {
      table.expireSnapshots().expireOlderThan(before).cleanExpiredFiles(true).commit();
    } catch (CommitFailedException | IllegalArgumentException e) {
      world.schedule().note("could not expire: " + e.getMessage());
    }
  }
}
