package io.tidemark.catalog.simulation;

import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** Somebody who uses Iceberg and knows nothing of contracts. */
final class Stranger implements Runnable {

  private static final int FURTHEST_ROLLBACK = 5;

  private final World world;

  Stranger(World world) {
    this.world = world;
  }

  @Override
  public void run() {
    List<Runnable> deeds = new ArrayList<>();
    add(deeds, world.profile().foreignCompactions(), this::compact);
    add(deeds, world.profile().foreignInserts(), this::insert);
    add(deeds, world.profile().rollbacks(), this::rollBack);
    Collections.shuffle(deeds, world.schedule().random());
    deeds.forEach(this::attempt);
  }

  private static void add(List<Runnable> deeds, int count, Runnable deed) {
    deeds.addAll(Collections.nCopies(count, deed));
  }

  private void attempt(Runnable deed) {
    world.idle(Duration.ofSeconds(world.schedule().random().nextInt(30)));
    for (int i = world.schedule().random().nextInt(100); i > 0; i--) {
      world.schedule().step("idles");
    }
    try {
      world.schedule().self().asForeigner(deed);
    } catch (RuntimeException e) {
      // What goes wrong in Iceberg's own hands is not ours.
      world.schedule().note(e.getMessage());
    }
  }

  private void compact() {
    Table table = world.loadPlain();
    if (table.currentSnapshot() == null) {
      return;
    }
    long readAt = table.currentSnapshot().snapshotId();
    List<DataFile> files = Scans.files(world, table, readAt, anyWindow());
    if (files.isEmpty()) {
      return;
    }
    List<Row> rows = files.stream().flatMap(f -> Scans.rows(world, f).stream()).toList();
    List<DataFile> written = world.pool().write(table, rows);
    table
        .newRewrite()
        .validateFromSnapshot(readAt)
        .rewriteFiles(new HashSet<>(files), new HashSet<>(written))
        .commit();
  }

  private void insert() {
    Window window = anyWindow();
    Row row = new Row(world.ledger().newId("foreign"), window, window.loMicros(), 1);
    Table table = world.loadPlain();
    AppendFiles append = table.newAppend();
    world.pool().write(table, List.of(row)).forEach(append::appendFile);
    append.commit();
  }

  private void rollBack() {
    Table table = world.loadPlain();
    List<Long> ancestors = new ArrayList<>();
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      ancestors.add(snapshot.snapshotId());
    }
    int most = Math.min(FURTHEST_ROLLBACK, ancestors.size() - 1);
    if (most > 0) {
      long to = ancestors.get(1 + world.schedule().random().nextInt(most));
      table.manageSnapshots().rollbackTo(to).commit();
    }
  }

  private Window anyWindow() {
    return world.windows().get(world.schedule().random().nextInt(world.windows().size()));
  }
}
