package io.tidemark.catalog.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.internal.Keys;
import io.tidemark.catalog.internal.StateCodec;
import io.tidemark.catalog.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Knows what ought to be at every snapshot, from what the actors meant to commit and the order in
 * which it landed, and compares it with what is.
 */
final class Oracle implements SimulatedCatalog.Watcher {

  private final World world;
  private final SnapshotReader reader;
  private final FileCheck fileCheck;
  private final Expectation expectation;
  private final Map<Long, Truth> truths = new HashMap<>();
  private final Set<String> landed = new HashSet<>();
  private Truth truth = Truth.NEW;
  private @Nullable TableMetadata current;
  private Truth undone = Truth.NEW;
  private boolean rewritten;
  private boolean everRewritten;

  Oracle(World world) {
    this.world = world;
    this.reader = new SnapshotReader(world.files());
    this.fileCheck = new FileCheck(world.files(), reader);
    this.expectation = new Expectation(world);
  }

  /** Returns what ought to be now. */
  Truth truth() {
    return truth;
  }

  /** Tells whether a commit has ever been on main. */
  boolean landed(String commitId) {
    return landed.contains(commitId);
  }

  /** Tells whether main was ever rolled back behind a commit of the protocol. */
  boolean everRewritten() {
    return everRewritten;
  }

  @Override
  public void swapped(TableIdentifier table, @Nullable String before, String after) {
    TableMetadata metadata = TableMetadataParser.read(world.files(), after);
    fileCheck.swapped(table, metadata);
    if (table.equals(world.identifier())) {
      if (current != null) {
        main(current, metadata);
      }
      current = metadata;
    }
  }

  private void main(TableMetadata before, TableMetadata after) {
    Snapshot was = before.currentSnapshot();
    Snapshot is = after.currentSnapshot();
    if (is == null || (was != null && was.snapshotId() == is.snapshotId())) {
      sameSnapshot(before, after);
    } else if (before.snapshot(is.snapshotId()) != null) {
      rolledBack(before, is);
    } else if (is.summary().containsKey(Keys.COMMIT_ID)) {
      stamped(before, after, is);
    } else {
      foreign(after, is);
    }
    if (is != null) {
      truths.put(is.snapshotId(), truth);
    }
  }

  private void sameSnapshot(TableMetadata before, TableMetadata after) {
    assertThat(StateCodec.decode(after.properties()))
        .as("state changed without a snapshot")
        .isEqualTo(StateCodec.decode(before.properties()));
    expectation.expired(before, after);
  }

  private void rolledBack(TableMetadata before, Snapshot head) {
    undone = rewritten ? undone : truth;
    for (Snapshot s = before.currentSnapshot();
        s != null && s.snapshotId() != head.snapshotId();
        s = s.parentId() == null ? null : before.snapshot(s.parentId())) {
      String writer = s.summary().get(Keys.WRITER);
      rewritten |= writer != null && !writer.equals("fence");
    }
    everRewritten |= rewritten;
    truth = truths.get(head.snapshotId());
    world.schedule().note("main is rolled back to " + head.sequenceNumber());
  }

  private void foreign(TableMetadata metadata, Snapshot snapshot) {
    if (DataOperations.REPLACE.equals(snapshot.operation())) {
      return;
    }
    for (String path : reader.added(metadata, snapshot)) {
      truth = truth.taint(world.pool().rows(path).get(0).window());
    }
  }

  private void stamped(TableMetadata before, TableMetadata after, Snapshot snapshot) {
    String commitId = snapshot.summary().get(Keys.COMMIT_ID);
    String writer = snapshot.summary().get(Keys.WRITER);
    world
        .schedule()
        .note("landed: %s %s at %d".formatted(writer, commitId, snapshot.sequenceNumber()));
    assertThat(landed.add(commitId)).as("%s landed twice", commitId).isTrue();
    TableState was = StateCodec.decode(before.properties());
    TableState is = StateCodec.decode(after.properties());
    if (writer.equals("repair")) {
      truth =
          (rewritten ? truth.repaired(undone, commitId, is.tokens().keySet()) : truth)
              .acknowledge();
      rewritten = false;
    }
    assertThat(rewritten && !writer.equals("fence"))
        .as("%s was committed over a rewritten history", commitId)
        .isFalse();
    Set<String> added =
        reader.added(after, snapshot).stream()
            .flatMap(path -> world.pool().rows(path).stream().map(Row::name))
            .collect(Collectors.toSet());
    truth = expectation.after(truth, was, is, snapshot, added);
    if (!rewritten) {
      expectation.checkState(truth, is, writer);
    }
    checkRows(after, snapshot);
  }

  private void checkRows(TableMetadata metadata, Snapshot snapshot) {
    Map<Window, List<String>> found = new HashMap<>();
    for (String path : reader.dataFiles(metadata, snapshot)) {
      for (Row row : world.pool().rows(path)) {
        found.computeIfAbsent(row.window(), w -> new ArrayList<>()).add(row.name());
      }
    }
    for (Window window : world.windows()) {
      if (!truth.tainted().contains(window)) {
        assertThat(found.getOrDefault(window, List.of()))
            .as("rows of %s at %d", window, snapshot.sequenceNumber())
            .containsExactlyInAnyOrderElementsOf(expectation.rows(truth, window));
      }
    }
  }

  /** Checks that every event of every stream is accounted for at the end. */
  void finish() {
    for (Source source : world.sources()) {
      assertThat(truth.heads().get(source.streamId()).position())
          .as("the position of stream %s at the end", source.streamId())
          .isEqualTo(source.end());
    }
    assertThat(rewritten).as("a rewritten history was left behind").isFalse();
    expectation.checkQuarantineAtTheEnd(truth);
  }
}
