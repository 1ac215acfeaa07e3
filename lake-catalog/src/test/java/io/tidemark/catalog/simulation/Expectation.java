package io.tidemark.catalog.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.internal.Keys;
import io.tidemark.catalog.internal.StateCodec;
import io.tidemark.catalog.internal.Writer;
import io.tidemark.catalog.simulation.Truth.Head;
import io.tidemark.catalog.simulation.Truth.Sealed;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/** Derives what ought to be after a commit of the protocol, and checks that it was allowed. */
final class Expectation {

  private final World world;

  Expectation(World world) {
    this.world = world;
  }

  /** Returns the names of the rows that a window ought to have. */
  List<String> rows(Truth truth, Window window) {
    Sealed sealed = truth.closed().get(window);
    return sealed != null ? sealed.rows() : events(truth, window);
  }

  private List<String> events(Truth truth, Window window) {
    List<String> names = new ArrayList<>();
    for (Source source : world.sources()) {
      Head head = truth.heads().get(source.streamId());
      source.between(0, head == null ? 0 : head.position()).stream()
          .filter(row -> row.window().equals(window))
          .forEach(row -> names.add(row.name()));
    }
    return names;
  }

  /**
   * Returns the truth after a commit.
   *
   * @param added the names of the rows in the files it added
   */
  Truth after(Truth truth, TableState was, TableState is, Snapshot snapshot, Set<String> added) {
    String commitId = snapshot.summary().get(Keys.COMMIT_ID);
    world.ledger().land(flight(snapshot));
    Ledger.Intended published = world.ledger().publish(commitId);
    String takenOver = world.ledger().takeOver(commitId);
    if (published != null) {
      return publish(truth, published, was, is, snapshot);
    }
    if (takenOver != null) {
      Head head = truth.heads().get(takenOver);
      return truth.with(takenOver, new Head(commitId, head == null ? 0 : head.position()));
    }
    if (Writer.RETIREMENT.toString().equals(snapshot.summary().get(Keys.WRITER))) {
      return retire(truth, snapshot.summary().get(Keys.STREAM_ID), commitId);
    }
    String runId = snapshot.summary().get(Keys.RUN_ID);
    return runId == null ? truth : seal(truth, runId, added);
  }

  private static Truth retire(Truth truth, String streamId, String commitId) {
    Head head = truth.heads().get(streamId);
    assertThat(head).as("%s is retired and never published", streamId).isNotNull();
    assertThat(head.retired()).as("%s is retired twice", streamId).isFalse();
    return truth.with(streamId, new Head(commitId, head.position(), true));
  }

  private Truth publish(
      Truth truth, Ledger.Intended intended, TableState was, TableState is, Snapshot snapshot) {
    Publish publish = intended.publish();
    Head head = truth.heads().get(publish.streamId());
    assertThat(
            head == null
                ? publish.parents().equals(was.beginning())
                : publish.parents().contains(head.commitId()))
        .as("%s continues %s, but the stream is at %s", publish.commitId(), publish.parents(), head)
        .isTrue();
    assertThat(truth.unacknowledged())
        .as("%s landed although somebody wrote into open windows", publish.commitId())
        .allMatch(truth.closed()::containsKey);
    int from = head == null ? 0 : head.position();
    checkAccounts(truth, intended, from, was, is, snapshot);
    Truth after =
        truth
            .with(publish.streamId(), new Head(publish.commitId(), intended.position()))
            .putAside(intended.late())
            .putAside(copied(truth, publish));
    checkQuarantine(after);
    return after;
  }

  /** Events whose window closed before their file was committed are late as well. */
  private List<String> copied(Truth truth, Publish publish) {
    if (world.profile().contract().layout() == OpenLayout.CELLS) {
      return List.of();
    }
    return publish.cells().stream()
        .filter(cell -> truth.closed().containsKey(cell.window()))
        .flatMap(cell -> cell.files().stream())
        .flatMap(file -> Scans.rows(world, file).stream())
        .map(Row::name)
        .toList();
  }

  /** Rows that were put aside by publishes that landed are in the quarantine, once. */
  private void checkQuarantine(Truth truth) {
    Set<String> late = Set.copyOf(truth.late());
    assertThat(world.quarantined().stream().filter(late::contains))
        .as("late rows in the quarantine when their publish lands")
        .containsExactlyInAnyOrderElementsOf(truth.late());
  }

  /** Checks that the quarantine holds no other rows at the end. */
  void checkQuarantineAtTheEnd(Truth truth) {
    assertThat(world.quarantined())
        .as("rows in the quarantine at the end")
        .containsExactlyInAnyOrderElementsOf(truth.late());
  }

  /** Every event for a closed window is late or counted, and late rows are of closed windows. */
  private void checkAccounts(
      Truth truth,
      Ledger.Intended intended,
      int from,
      TableState was,
      TableState is,
      Snapshot snapshot) {
    Publish publish = intended.publish();
    List<String> closed =
        world.source(publish.streamId()).between(from, intended.position()).stream()
            .filter(row -> truth.closed().containsKey(row.window()))
            .map(Row::name)
            .collect(Collectors.toCollection(ArrayList::new));
    assertThat(intended.late()).as("late rows of %s", publish.commitId()).doesNotHaveDuplicates();
    assertThat(closed)
        .as("late rows of %s are of closed windows", publish.commitId())
        .containsAll(intended.late());
    int leftOut = closed.size() - intended.late().size();
    assertThat(snapshot.summary())
        .as("%s counts the events it left out", publish.commitId())
        .containsEntry(Keys.LEFT_OUT, Integer.toString(leftOut));
    assertThat(late(is) - late(was)).as("%s lists them", publish.commitId()).isEqualTo(leftOut);
  }

  private static long late(TableState state) {
    return state.attention().stream()
        .filter(a -> a.reason() == Attention.Reason.LATE)
        .mapToLong(Attention::count)
        .sum();
  }

  private Truth seal(Truth truth, String runId, Set<String> added) {
    List<Ledger.IntendedSeal> attempts = world.ledger().seals(runId);
    assertThat(attempts).as("nobody meant to seal as %s", runId).isNotEmpty();
    Ledger.IntendedSeal attempt =
        attempts.stream()
            .filter(a -> a.names().equals(added))
            .reduce(attempts.get(attempts.size() - 1), (earlier, later) -> later);
    Truth after = truth;
    List<Window> windows = attempt.plan().windows();
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      Sealed before = truth.closed().get(window);
      int version = before == null ? 0 : before.version();
      assertThat(version)
          .as("%s was planned against a version of %s", runId, window)
          .isEqualTo(attempt.plan().versions().get(i));
      assertThat(before == null ? "" : before.runId())
          .as("%s seals %s again", runId, window)
          .isNotEqualTo(runId);
      after = after.seal(window, new Sealed(version + 1, runId, attempt.rows().get(window)));
    }
    return after;
  }

  /** Checks that the state that is recorded is the true one. */
  void checkState(Truth truth, TableState is, String writer) {
    Map<Window, Integer> versions = new HashMap<>();
    truth.closed().forEach((window, now) -> versions.put(window, now.version()));
    for (Window window : world.windows()) {
      assertThat(is.closed().version(window))
          .as("recorded version of %s", window)
          .isEqualTo(versions.getOrDefault(window, 0));
      if (truth.tainted().contains(window) && !writer.equals("fence")) {
        assertThat(is.attentionIn(window))
            .as("foreign write into %s is listed", window)
            .isNotEmpty();
      }
    }
    assertThat(is.closed().boundary(world.origin())).as("boundary").isEqualTo(boundary(truth));
    Map<String, Head> heads = new HashMap<>();
    for (StreamToken token : is.tokens().values()) {
      heads.put(
          token.streamId(), new Head(token.commitId(), World.position(token), token.retired()));
    }
    assertThat(heads).as("recorded heads of the streams").isEqualTo(truth.heads());
  }

  private Instant boundary(Truth truth) {
    Instant boundary = world.origin();
    for (Window window : world.windows()) {
      if (!truth.closed().containsKey(window)) {
        break;
      }
      boundary = window.hi();
    }
    return boundary;
  }

  /** Returns the id under which a commit is under way. */
  private static String flight(Snapshot snapshot) {
    String runId = snapshot.summary().get(Keys.RUN_ID);
    return runId != null ? runId : String.valueOf(snapshot.summary().get(Keys.COMMIT_ID));
  }

  /** Checks that expiry kept what somebody needs. */
  void expired(TableMetadata before, TableMetadata after) {
    TableState state = StateCodec.decode(after.properties());
    for (StreamToken token : state.liveTokens()) {
      assertThat(
              before.snapshot(token.snapshotId()) != null
                  && after.snapshot(token.snapshotId()) == null)
          .as("the snapshot of %s expired", token)
          .isFalse();
    }
    Instant since = world.schedule().instant().minus(World.FLIGHT);
    for (Snapshot snapshot : before.snapshots()) {
      if (after.snapshot(snapshot.snapshotId()) == null) {
        assertThat(world.ledger().inFlight(flight(snapshot), since))
            .as("the snapshot of %s expired while its writer waits for an answer", flight(snapshot))
            .isFalse();
      }
    }
  }
}
