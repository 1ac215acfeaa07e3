package io.tidemark.catalog.simulation;

import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the actors meant to commit, by commit id and run id. */
final class Ledger {

  private final Map<String, Intended> publishes = new HashMap<>();
  private final Map<String, String> takeOvers = new HashMap<>();
  private final Map<String, List<IntendedSeal>> seals = new HashMap<>();
  private final Map<String, Instant> flights = new HashMap<>();
  private final Set<String> landed = new HashSet<>();
  private int ids;

  /**
   * @param publish the publish
   * @param position the source position it brings the table to
   * @param late the names of its late rows, and of those of a recovered publish that it replaces
   */
  record Intended(Publish publish, int position, List<String> late) {}

  /**
   * @param plan what the seal was planned against
   * @param rows the names of the rows of each of its windows
   */
  record IntendedSeal(SealPlan plan, Map<Window, List<String>> rows) {

    /** Returns the names of all its rows. */
    Set<String> names() {
      return rows.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    }
  }

  /** Returns an id that nobody had before. */
  String newId(String prefix) {
    return "%s-%05d".formatted(prefix, ids++);
  }

  void add(Intended intended) {
    publishes.put(intended.publish().commitId(), intended);
  }

  void addTakeOver(String streamId, String commitId) {
    takeOvers.put(commitId, streamId);
  }

  void add(SealPlan plan, Map<Window, List<String>> rows) {
    seals.computeIfAbsent(plan.runId(), r -> new ArrayList<>()).add(new IntendedSeal(plan, rows));
  }

  @Nullable Intended publish(String commitId) {
    return publishes.get(commitId);
  }

  @Nullable String takeOver(String commitId) {
    return takeOvers.get(commitId);
  }

  List<IntendedSeal> seals(String runId) {
    return seals.getOrDefault(runId, List.of());
  }

  /** Does something that takes part in a commit or a read, which expiry leaves time for. */
  <T> T inFlight(String id, Instant now, Supplier<T> flight) {
    flights.put(id, landed.contains(id) ? Instant.EPOCH : now);
    try {
      return flight.get();
    } finally {
      flights.remove(id);
    }
  }

  /** Takes note that a commit or a run has landed. */
  void land(String id) {
    landed.add(id);
  }

  /** Tells whether anything is under way. */
  boolean busy() {
    return !flights.isEmpty();
  }

  /**
   * Tells whether a commit has been under way since an instant or later. One that had landed before
   * is only looked up: where its snapshot is gone, the table's state tells what became of it.
   */
  boolean inFlight(String commitId, Instant since) {
    Instant start = flights.get(commitId);
    return start != null && !start.isBefore(since);
  }
}
