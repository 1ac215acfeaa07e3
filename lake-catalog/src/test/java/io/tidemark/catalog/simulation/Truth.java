package io.tidemark.catalog.simulation;

import io.tidemark.catalog.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What ought to be at a snapshot.
 *
 * @param closed the windows that the batch owns
 * @param heads how far each stream's chain of publishes has come
 * @param tainted windows that somebody else wrote into since they were last sealed
 * @param unacknowledged those of them that no repair has acknowledged
 * @param late the names of the rows that landed publishes put aside
 */
record Truth(
    Map<Window, Sealed> closed,
    Map<String, Head> heads,
    Set<Window> tainted,
    Set<Window> unacknowledged,
    List<String> late) {

  static final Truth NEW = new Truth(Map.of(), Map.of(), Set.of(), Set.of(), List.of());

  /**
   * @param version the window's version
   * @param runId the run that sealed it
   * @param rows the names of its rows
   */
  record Sealed(int version, String runId, List<String> rows) {}

  /**
   * @param commitId the newest commit of the chain
   * @param position the source position the table is complete to
   * @param retired whether the stream was ended
   */
  record Head(String commitId, int position, boolean retired) {

    Head(String commitId, int position) {
      this(commitId, position, false);
    }
  }

  Truth with(String streamId, Head head) {
    Map<String, Head> changed = new HashMap<>(heads);
    changed.put(streamId, head);
    return new Truth(closed, changed, tainted, unacknowledged, late);
  }

  Truth putAside(List<String> rows) {
    List<String> more = new ArrayList<>(late);
    more.addAll(rows);
    return new Truth(closed, heads, tainted, unacknowledged, more);
  }

  Truth seal(Window window, Sealed sealed) {
    Map<Window, Sealed> changed = new HashMap<>(closed);
    changed.put(window, sealed);
    return new Truth(
        changed, heads, without(tainted, window), without(unacknowledged, window), late);
  }

  Truth taint(Window window) {
    return new Truth(closed, heads, with(tainted, window), with(unacknowledged, window), late);
  }

  Truth acknowledge() {
    return new Truth(closed, heads, tainted, Set.of(), late);
  }

  /**
   * Returns the truth after a repair. Streams that lost publishes are fenced by it, and all streams
   * where a window was reopened; among them may be some that never published and only put rows
   * aside.
   *
   * @param undone what was true before main was rolled back
   * @param streams the streams that the table knows after it
   */
  Truth repaired(Truth undone, String commitId, Set<String> streams) {
    boolean reopened = !closed.keySet().containsAll(undone.closed.keySet());
    Map<String, Head> fenced = new HashMap<>(heads);
    undone.heads.forEach(
        (id, lost) -> {
          Head head = heads.get(id);
          if (reopened || !lost.equals(head)) {
            fenced.put(
                id,
                head == null
                    ? new Head(commitId, 0)
                    : new Head(commitId, head.position(), head.retired()));
          }
        });
    if (reopened) {
      streams.forEach(id -> fenced.putIfAbsent(id, new Head(commitId, 0)));
    }
    return new Truth(closed, fenced, tainted, unacknowledged, late);
  }

  private static Set<Window> with(Set<Window> windows, Window window) {
    Set<Window> changed = new HashSet<>(windows);
    changed.add(window);
    return changed;
  }

  private static Set<Window> without(Set<Window> windows, Window window) {
    Set<Window> changed = new HashSet<>(windows);
    changed.remove(window);
    return changed;
  }
}
