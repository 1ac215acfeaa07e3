package io.tidemark.catalog.window;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The windows that the batch owns, with their versions, as run-length ranges. Immutable; ranges are
 * in order, never overlap, and neighbours of one version are one range.
 *
 * @param ranges the closed ranges, ascending
 */
public record ClosedSet(List<ClosedRange> ranges) implements Serializable {

  private static final ClosedSet EMPTY = new ClosedSet(List.of());

  public ClosedSet {
    ranges = List.copyOf(ranges);
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i).range().lo().isBefore(ranges.get(i - 1).range().hi())) {
        throw new IllegalArgumentException("Closed ranges overlap or are out of order: " + ranges);
      }
    }
  }

  /** Returns the closed set of a table that was never sealed. */
  public static ClosedSet empty() {
    return EMPTY;
  }

  /** Returns the closed range that holds all of a window, if it is closed. */
  public Optional<ClosedRange> find(Window window) {
    return ranges.stream().filter(r -> r.range().contains(window)).findFirst();
  }

  /** Tells whether a window is closed. */
  public boolean isClosed(Window window) {
    return find(window).isPresent();
  }

  /** Returns the first part of a range that is open, if not all of it is closed. */
  public Optional<Window> firstOpen(Window range) {
    Instant lo = range.lo();
    for (ClosedRange closed : ranges) {
      Instant start = closed.range().lo();
      if (lo.isBefore(start)) {
        return Optional.of(new Window(lo, start.isBefore(range.hi()) ? start : range.hi()));
      }
      lo = lo.isBefore(closed.range().hi()) ? closed.range().hi() : lo;
      if (!lo.isBefore(range.hi())) {
        return Optional.empty();
      }
    }
    return Optional.of(new Window(lo, range.hi()));
  }

  /** Returns the version of a window: 0 while it is open. */
  public int version(Window window) {
    return find(window).map(ClosedRange::version).orElse(0);
  }

  /**
   * Returns the boundary: the exclusive end of the closed prefix that begins at the table's origin,
   * or the origin itself where the first window is open.
   */
  public Instant boundary(Instant origin) {
    Instant boundary = origin;
    for (ClosedRange range : ranges) {
      if (!range.range().lo().equals(boundary)) {
        break;
      }
      boundary = range.range().hi();
    }
    return boundary;
  }

  /** Returns the closed ranges beyond the boundary. */
  public List<ClosedRange> islands(Instant origin) {
    Instant boundary = boundary(origin);
    return ranges.stream().filter(r -> !r.range().lo().isBefore(boundary)).toList();
  }

  /** Returns the open ranges that lie before some closed one. */
  public List<Window> holes(Instant origin) {
    List<Window> holes = new ArrayList<>();
    Instant end = origin;
    for (ClosedRange range : ranges) {
      if (end.isBefore(range.range().lo())) {
        holes.add(new Window(end, range.range().lo()));
      }
      end = range.range().hi();
    }
    return List.copyOf(holes);
  }

  /** Returns the instant behind the last closed window, or the origin where none is closed. */
  public Instant end(Instant origin) {
    return ranges.isEmpty() ? origin : ranges.get(ranges.size() - 1).range().hi();
  }

  /** Returns this set after a run sealed a window: closed, in a version one higher than before. */
  public ClosedSet seal(Window window, String runId) {
    ClosedRange.LastRun run = new ClosedRange.LastRun(runId, window);
    ClosedRange sealed = new ClosedRange(window, version(window) + 1, run);
    List<ClosedRange> others = without(window).ranges;
    List<ClosedRange> parts = new ArrayList<>();
    for (ClosedRange other : others) {
      if (touches(other, sealed)) {
        sealed = other.join(sealed);
      } else {
        parts.add(other);
      }
    }
    parts.add(sealed);
    parts.sort(Comparator.comparing(ClosedRange::range));
    return new ClosedSet(parts);
  }

  private static boolean touches(ClosedRange a, ClosedRange b) {
    return a.version() == b.version()
        && (a.range().hi().equals(b.range().lo()) || b.range().hi().equals(a.range().lo()));
  }

  /**
   * Returns this set with its oldest two neighbours as one range, in the higher of their versions:
   * it is shorter and the same windows are closed. A version never falls, so that whoever planned
   * on the lower one is told to plan anew. Empty where no ranges touch.
   */
  public Optional<ClosedSet> coarser() {
    for (int i = 1; i < ranges.size(); i++) {
      ClosedRange older = ranges.get(i - 1);
      ClosedRange newer = ranges.get(i);
      if (older.range().hi().equals(newer.range().lo())) {
        List<ClosedRange> parts = new ArrayList<>(ranges);
        parts.set(i - 1, older.join(newer));
        parts.remove(i);
        return Optional.of(new ClosedSet(parts));
      }
    }
    return Optional.empty();
  }

  /** Returns this set with a range opened again. */
  public ClosedSet without(Window window) {
    List<ClosedRange> parts = new ArrayList<>();
    for (ClosedRange range : ranges) {
      range.range().minus(window).forEach(rest -> parts.add(range.over(rest)));
    }
    return new ClosedSet(parts);
  }
}
