package io.tidemark.catalog.window;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring closed windows of one version.
 *
 * @param range from the first window's start to the last one's end
 * @param version 1 for windows sealed once, one more for every reseal; more where {@link
 *     ClosedSet#coarser()} raised it
 * @param lastRun the run that sealed last within the range, or null where that is not known any
 *     more
 */
public record ClosedRange(Window range, int version, @Nullable LastRun lastRun)
    implements Serializable {

  /**
   * A run that sealed windows.
   *
   * @param id the caller's id of the run
   * @param windows the range it sealed
   */
  public record LastRun(String id, Window windows) implements Serializable {}

  public ClosedRange {
    if (version < 1) {
      throw new IllegalArgumentException("A closed range has a version of at least 1: " + version);
    }
  }

  /** Tells whether this is known to be the run that sealed a window last. */
  public boolean sealedBy(String runId, Window window) {
    return lastRun != null && lastRun.id().equals(runId) && lastRun.windows().contains(window);
  }

  /** Returns this range cut down to a part of it. */
  ClosedRange over(Window part) {
    LastRun kept =
        Optional.ofNullable(lastRun)
            .flatMap(run -> run.windows().intersect(part).map(w -> new LastRun(run.id(), w)))
            .orElse(null);
    return new ClosedRange(part, version, kept);
  }

  /**
   * Returns this range joined with its neighbour, in the higher of their versions; the more recent
   * run is the neighbour's.
   */
  ClosedRange join(ClosedRange newer) {
    return new ClosedRange(
        range.span(newer.range), Math.max(version, newer.version), lastRun(newer));
  }

  private @Nullable LastRun lastRun(ClosedRange newer) {
    LastRun recent = newer.lastRun;
    if (recent == null || lastRun == null || !lastRun.id().equals(recent.id())) {
      return recent == null ? lastRun : recent;
    }
    boolean touch =
        lastRun.windows().hi().equals(recent.windows().lo())
            || recent.windows().hi().equals(lastRun.windows().lo());
    return touch ? new LastRun(recent.id(), lastRun.windows().span(recent.windows())) : recent;
  }
}
