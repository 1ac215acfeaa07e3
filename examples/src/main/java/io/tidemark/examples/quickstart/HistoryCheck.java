package io.tidemark.examples.quickstart;

import io.tidemark.examples.quickstart.BillingDatabase.Settled;
import io.tidemark.examples.quickstart.SparkReading.Day;
import io.tidemark.examples.quickstart.SparkReading.Snapshot;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether a history is right at each of its snapshots. A day holds exactly what billing
 * settled from its seal on. Before, it holds exactly the events up to the source positions that the
 * snapshot was published at, or what the snapshot before held where it was not published.
 */
final class HistoryCheck {

  private final Map<LocalDate, Settled> settled;
  private final SentEvents sent;
  private final PublishedPositions positions;
  private final Map<LocalDate, Figures> open = new HashMap<>();
  private final Set<LocalDate> sealed = new HashSet<>();
  private final List<String> complaints = new ArrayList<>();

  /**
   * Takes the truth.
   *
   * @param settled what billing says of each day that is sealed in the end
   * @param sent the well-formed events
   * @param positions what each snapshot of a stream says it is complete to
   */
  HistoryCheck(Map<LocalDate, Settled> settled, SentEvents sent, PublishedPositions positions) {
    this.settled = settled;
    this.sent = sent;
    this.positions = positions;
  }

  /** Returns what is wrong, nothing where all snapshots are right. */
  List<String> complaints(List<Snapshot> snapshots, List<LocalDate> days) {
    for (Snapshot snapshot : snapshots) {
      require(snapshot.ancestor(), snapshot, "is not part of the current history");
      advance(snapshot);
      days.forEach(day -> check(snapshot, day));
    }
    settled.keySet().stream()
        .filter(day -> !sealed.contains(day))
        .forEach(day -> complaints.add("no snapshot has the seal of " + day));
    return List.copyOf(complaints);
  }

  private void advance(Snapshot snapshot) {
    Optional<Map<Integer, Long>> published = positions.of(snapshot.snapshotId());
    published.ifPresent(
        upTo -> {
          open.clear();
          open.putAll(sent.figures(upTo));
        });
  }

  private void check(Snapshot snapshot, LocalDate day) {
    Day found = snapshot.day(day);
    if (found.finalRows() > 0 || sealed.contains(day)) {
      sealed.add(day);
      checkSealed(snapshot, day, found);
    } else {
      Figures expected = open.getOrDefault(day, Figures.ZERO);
      require(
          found.figures().equals(expected),
          snapshot,
          "has %s of the open day %s, published was %s".formatted(found.figures(), day, expected));
    }
  }

  private void checkSealed(Snapshot snapshot, LocalDate day, Day found) {
    Settled expected = settled.get(day);
    boolean same =
        expected != null
            && found.rows() == expected.rows()
            && found.finalRows() == expected.rows()
            && found.figures().equals(expected.figures());
    require(
        same,
        snapshot,
        "has %s of the sealed day %s, settled was %s".formatted(found, day, expected));
  }

  private void require(boolean holds, Snapshot snapshot, String complaint) {
    if (!holds) {
      complaints.add("snapshot " + snapshot.snapshotId() + " " + complaint);
    }
  }
}
