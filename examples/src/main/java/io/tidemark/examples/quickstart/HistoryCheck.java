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
import java.util.Set;

/**
 * Tells whether a history is right at each of its snapshots: a day holds what the stream had
 * published by then, which only grows, or exactly what billing settled, from its seal on.
 */
final class HistoryCheck {

  private final Map<LocalDate, Settled> settled;
  private final Map<LocalDate, Figures> streamed;
  private final Map<LocalDate, Figures> published = new HashMap<>();
  private final Set<LocalDate> sealed = new HashSet<>();
  private final List<String> complaints = new ArrayList<>();

  /**
   * Takes the truth.
   *
   * @param settled what billing says of each day that is sealed in the end
   * @param streamed all well-formed events of each day that came before its seal
   */
  HistoryCheck(Map<LocalDate, Settled> settled, Map<LocalDate, Figures> streamed) {
    this.settled = settled;
    this.streamed = streamed;
  }

  /** Returns what is wrong, nothing where all snapshots are right. */
  List<String> complaints(List<Snapshot> snapshots) {
    for (Snapshot snapshot : snapshots) {
      require(snapshot.ancestor(), snapshot, "is not part of the current history");
      streamed.keySet().forEach(day -> check(snapshot, day));
    }
    return List.copyOf(complaints);
  }

  private void check(Snapshot snapshot, LocalDate day) {
    Day found = snapshot.day(day);
    if (found.finalRows() > 0 || sealed.contains(day)) {
      sealed.add(day);
      checkSealed(snapshot, day, found);
    } else {
      checkOpen(snapshot, day, found.figures());
    }
  }

  private void checkSealed(Snapshot snapshot, LocalDate day, Day found) {
    Settled expected = settled.get(day);
    require(expected != null, snapshot, "has sealed rows of the open day " + day);
    if (expected != null) {
      boolean same =
          found.rows() == expected.rows()
              && found.finalRows() == expected.rows()
              && found.figures().equals(expected.figures());
      require(same, snapshot, "has %s of %s, settled was %s".formatted(found, day, expected));
    }
  }

  private void checkOpen(Snapshot snapshot, LocalDate day, Figures found) {
    Figures before = published.getOrDefault(day, Figures.ZERO);
    require(found.covers(before), snapshot, "lost events of %s: %s".formatted(day, found));
    require(
        streamed.get(day).covers(found),
        snapshot,
        "has more of %s than was sent: %s".formatted(day, found));
    published.put(day, found);
  }

  private void require(boolean holds, Snapshot snapshot, String complaint) {
    if (!holds) {
      complaints.add("snapshot " + snapshot.snapshotId() + " " + complaint);
    }
  }
}
