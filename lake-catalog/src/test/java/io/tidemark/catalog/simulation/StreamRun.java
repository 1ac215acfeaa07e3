package io.tidemark.catalog.simulation;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.Publish.SideRows;
import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.simulation.Truth.Head;
import io.tidemark.catalog.window.ClosedSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/** One run of a streaming job: it reads its source, checkpoints, and publishes each checkpoint. */
final class StreamRun {

  private final World world;
  private final Source source;
  private final boolean keepsImages;
  private final UnifiedTable table;
  private final SortedMap<Cell, List<Row>> images = new TreeMap<>();
  private final Map<Cell, Long> contributions = new HashMap<>();
  private final List<Row> late = new ArrayList<>();
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private int position;
  private Set<String> parents;
  private boolean reimage;
  private Ledger.@Nullable Intended carried;
  private ClosedSet closed;

  private StreamRun(World world, Source source) {
    this.world = world;
    this.source = source;
    this.keepsImages = world.profile().contract().layout() == OpenLayout.CELLS;
    this.table = world.load();
    this.closed = table.state().closed();
    this.parents = table.state().beginning();
  }

  /** Starts a job that never ran before. */
  static StreamRun first(World world, Source source) {
    return new StreamRun(world, source);
  }

  /** Starts a job without state: the table knows how far it is complete, and its open rows. */
  static StreamRun takeOver(World world, Source source) {
    StreamRun run = new StreamRun(world, source);
    String commitId = world.ledger().newId("takeover");
    world.ledger().addTakeOver(source.streamId(), commitId);
    StreamToken token =
        world.inFlight(commitId, () -> run.table.takeOver(source.streamId(), commitId));
    run.parents = Set.of(commitId);
    run.position = World.position(token);
    run.closed = run.table.refresh().state().closed();
    if (run.keepsImages) {
      world.inFlight(commitId, () -> run.readImages(token.snapshotId()));
    }
    return run;
  }

  /** Starts a job from a checkpoint. */
  static StreamRun restore(World world, Source source, Checkpoint checkpoint) {
    StreamRun run = new StreamRun(world, source);
    run.checkpoints.add(checkpoint);
    run.position = checkpoint.position();
    Publish recovered = checkpoint.publish();
    run.parents = new HashSet<>(Set.of(recovered.commitId()));
    if (run.keepsImages) {
      run.recoverImages(checkpoint);
    } else {
      run.publish(recovered);
    }
    run.closed = run.table.refresh().state().closed();
    return run;
  }

  private void recoverImages(Checkpoint checkpoint) {
    Publish recovered = checkpoint.publish();
    checkpoint.images().forEach((cell, rows) -> images.put(cell, new ArrayList<>(rows)));
    reimage = true;
    if (!world.inFlight(recovered.commitId(), () -> table.hasLanded(recovered))) {
      parents.addAll(recovered.parents());
      contributions.putAll(checkpoint.contributions());
      carried = checkpoint.intended();
    }
  }

  private boolean readImages(long snapshotId) {
    List<Row> open =
        Scans.rows(world, table.table(), snapshotId).stream()
            .filter(row -> !closed.isClosed(row.window()))
            .toList();
    images.putAll(world.pool().byCell(open));
    return !open.isEmpty();
  }

  /** Tells whether the source is read and published to its end. */
  boolean atEnd() {
    return position == source.end();
  }

  List<Checkpoint> checkpoints() {
    return checkpoints;
  }

  /** Reads some events, checkpoints, and commits the checkpoint's publish. */
  void advance() {
    int most = Math.min(world.profile().batch(), source.end() - position);
    read(most == 0 ? 0 : 1 + world.schedule().random().nextInt(most));
    Publish publish = prepare();
    Ledger.Intended intended = intended(publish);
    checkpoints.add(new Checkpoint(position, images, intended, contributions));
    world.ledger().add(intended);
    world.schedule().step("checkpoint %s at %d".formatted(publish.commitId(), position));
    if (!keepsImages) {
      images.clear();
    }
    contributions.clear();
    late.clear();
    carried = null;
    reimage = false;
    parents = Set.of(publish.commitId());
    publish(publish);
    closed = table.refresh().state().closed();
    images.keySet().removeIf(cell -> closed.isClosed(cell.window()));
  }

  private void read(int count) {
    for (Row event : source.between(position, position + count)) {
      if (closed.isClosed(event.window())) {
        late.add(event);
      } else {
        Cell cell = world.pool().cell(event);
        images.computeIfAbsent(cell, c -> new ArrayList<>()).add(event);
        contributions.merge(cell, 1L, Long::sum);
      }
    }
    position += count;
  }

  private Publish prepare() {
    List<OpenFiles> cells = new ArrayList<>();
    images.forEach(
        (cell, rows) -> {
          long count = contributions.getOrDefault(cell, 0L);
          if (count > 0 || reimage) {
            List<DataFile> files = world.pool().write(table.table(), rows);
            cells.add(new OpenFiles(cell.window(), cell.bucket(), files, count));
          }
        });
    SideRows lateRows =
        late.isEmpty()
            ? SideRows.NONE
            : new SideRows(
                List.of(world.pool().writeBeside(table.late(), late)), late.size(), 0, 0);
    return new Publish(
        source.streamId(),
        world.ledger().newId("publish"),
        parents,
        cells,
        reimage,
        null,
        lateRows,
        SideRows.NONE,
        source.watermark(position),
        World.positions(position));
  }

  /** Late rows of a recovered publish are in the quarantine, wherever the publish itself is. */
  private Ledger.Intended intended(Publish publish) {
    List<String> names = new ArrayList<>(late.stream().map(Row::name).toList());
    if (carried != null) {
      names.addAll(carried.late());
    }
    return new Ledger.Intended(publish, position, names);
  }

  private void publish(Publish publish) {
    try {
      world.inFlight(
          publish.commitId(),
          () -> keepsImages ? table.publish(publish) : table.publish(publish, this::copy));
    } catch (StreamFencedException e) {
      checkFenced(publish, e);
      throw e;
    }
  }

  /** Copies event files of windows that closed meanwhile, as a file's path enters one table. */
  private SideRows copy(List<DataFile> files) {
    List<Row> rows = files.stream().flatMap(f -> Scans.rows(world, f).stream()).toList();
    return new SideRows(List.of(world.pool().writeBeside(table.late(), rows)), rows.size(), 0, 0);
  }

  /** A run that still is the head of its chain is not to be fenced. */
  private void checkFenced(Publish publish, StreamFencedException e) {
    Head head = world.oracle().truth().heads().get(source.streamId());
    boolean isHead =
        head != null
            && (publish.parents().contains(head.commitId())
                || publish.commitId().equals(head.commitId()));
    boolean byTwin = e.getMessage().contains("another run continues");
    if (isHead && !byTwin && !world.oracle().everRewritten()) {
      throw new AssertionError("Nobody went on, and yet: " + e.getMessage(), e);
    }
  }
}
