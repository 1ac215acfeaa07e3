package io.tidemark.examples.quickstart;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Spark read of the table.
 *
 * @param snapshots every snapshot of the history, oldest first
 * @param counts the rows of the side tables
 */
record SparkReading(List<Snapshot> snapshots, Map<String, Long> counts) {

  Snapshot current() {
    return snapshots.get(snapshots.size() - 1);
  }

  /** Returns the current totals by local day. */
  Map<LocalDate, Figures> totals() {
    Map<LocalDate, Figures> totals = new TreeMap<>();
    current().days().forEach((day, found) -> totals.put(day, found.figures()));
    return totals;
  }

  /** Returns how many rows there are now. */
  long rows() {
    return current().days().values().stream().mapToLong(Day::rows).sum();
  }

  long late() {
    return counts.get(StoryManifest.LATE);
  }

  long deadLetters() {
    return counts.get(StoryManifest.DEAD_LETTERS);
  }

  /**
   * The table at one snapshot.
   *
   * @param snapshotId the snapshot
   * @param committedAt when it became current, in milliseconds since the epoch
   * @param ancestor whether the current snapshot descends from it
   * @param days the local days that have rows
   */
  record Snapshot(
      @JsonProperty("snapshot_id") long snapshotId,
      @JsonProperty("committed_at") long committedAt,
      boolean ancestor,
      Map<LocalDate, Day> days) {

    Day day(LocalDate day) {
      return days.getOrDefault(day, Day.EMPTY);
    }
  }

  /**
   * A local day.
   *
   * @param rows its rows
   * @param finalRows how many of them are sealed
   * @param totals the sums by measure
   */
  record Day(
      long rows, @JsonProperty("final_rows") long finalRows, Map<String, BigDecimal> totals) {

    static final Day EMPTY = new Day(0, 0, Map.of());

    Figures figures() {
      return rows == 0
          ? Figures.ZERO
          : new Figures(
              totals.get("impressions").longValueExact(),
              totals.get("clicks").longValueExact(),
              totals.get("cost"));
    }
  }
}
