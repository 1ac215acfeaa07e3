package io.tidemark.catalog.internal;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Seal.Allow;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a seal must not do, checked when it is planned and again on the base that is swapped. */
final class SealGuards {

  private final Base base;
  private final ClosedSet closed;

  SealGuards(Base base) {
    this.base = base;
    this.closed = base.state().closed();
  }

  /** Splits a range into its windows. */
  List<Window> windows(Window range) {
    Instant origin = base.contract().window().origin();
    if (range.lo().isBefore(origin)) {
      throw new InvalidRequestException(
          "Cannot seal %s %s: the table begins at %s".formatted(base.name(), range, origin));
    }
    try {
      return base.contract().window().split(range);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          "Cannot seal %s %s: %s".formatted(base.name(), range, e.getMessage()), e);
    }
  }

  /** Tells whether a run has sealed windows before. */
  boolean sealedBy(String runId, List<Window> windows) {
    boolean latest =
        windows.stream()
            .allMatch(w -> closed.find(w).filter(r -> r.sealedBy(runId, w)).isPresent());
    return latest
        || base.lineage().stream()
            .filter(s -> runId.equals(s.summary().get(Keys.RUN_ID)))
            .anyMatch(s -> covers(s.summary().get(Keys.WINDOWS), windows));
  }

  private static boolean covers(String ranges, List<Window> windows) {
    List<Window> sealed = WindowRanges.decode(ranges);
    return windows.stream().allMatch(w -> sealed.stream().anyMatch(range -> range.contains(w)));
  }

  /** Refuses windows that are closed already. */
  void checkOpen(List<Window> windows) {
    for (Window window : windows) {
      if (closed.isClosed(window)) {
        throw new RefusedException(
            "Cannot seal %s %s: it is closed in version %d. Use reseal to correct it. Nothing was committed."
                .formatted(base.name(), window, closed.version(window)));
      }
    }
  }

  /** Refuses windows that are not closed. */
  void checkClosed(List<Window> windows) {
    for (Window window : windows) {
      if (!closed.isClosed(window)) {
        throw new RefusedException(
            "Cannot reseal %s %s: it is open. Use seal to close it. Nothing was committed."
                .formatted(base.name(), window));
      }
    }
  }

  /** Refuses a seal whose windows changed hands or versions since it was planned. */
  void checkVersions(SealPlan plan) {
    for (int i = 0; i < plan.windows().size(); i++) {
      Window window = plan.windows().get(i);
      int planned = plan.versions().get(i);
      if (closed.version(window) != planned) {
        throw new RefusedException(
            "Cannot seal %s %s: another run sealed it meanwhile, version %d was planned against, it has %d now. Nothing was committed."
                .formatted(base.name(), window, planned, closed.version(window)));
      }
    }
  }

  /** Refuses to close a window that the stream has not passed, without the caller's word. */
  void checkWatermark(List<Window> windows, Set<Allow> allowed, Instant now) {
    if (allowed.contains(Allow.AHEAD_OF_WATERMARK)) {
      return;
    }
    Window last = windows.get(windows.size() - 1);
    if (base.state().liveTokens().isEmpty()) {
      checkOver(last, now);
      return;
    }
    Optional<Instant> watermark = base.state().watermark();
    boolean open = windows.stream().anyMatch(w -> !closed.isClosed(w));
    if (open && watermark.filter(w -> !w.isBefore(last.hi())).isEmpty()) {
      throw new RefusedException(
          "Cannot seal %s %s: the stream %s. Seal it when the stream has passed %s, or allow sealing ahead of the watermark. Nothing was committed."
              .formatted(
                  base.name(),
                  last,
                  watermark
                      .map(reached -> "is complete to %s only".formatted(reached))
                      .orElse("has committed no watermark yet"),
                  last.hi()));
    }
  }

  /** Where no stream tells how far the events have come, the wall clock does. */
  private void checkOver(Window last, Instant now) {
    if (!closed.isClosed(last) && last.hi().isAfter(now)) {
      throw new RefusedException(
          "Cannot seal %s %s: it ends in the future, now is %s. Seal it when it is over, or allow sealing ahead of the watermark. Nothing was committed."
              .formatted(base.name(), last, now));
    }
  }

  /** Refuses to empty or strongly shrink a window without the caller's word. */
  void checkShrink(SealPlan plan, WindowRows before, WindowRows after, Set<Allow> allowed) {
    for (Window window : plan.windows()) {
      long had = before.in(window);
      long has = after.in(window);
      if (had > 0 && has == 0 && !allowed.contains(Allow.EMPTY_WINDOW)) {
        throw new RefusedException(
            "Cannot seal %s %s: it has %d rows and the batch brings none. If that is right, allow emptying a window. Nothing was committed."
                .formatted(base.name(), window, had));
      }
      boolean comparable = base.contract().layout() == OpenLayout.CELLS || closed.isClosed(window);
      if (comparable && has > 0 && 2 * has < had && !allowed.contains(Allow.SHRINK)) {
        throw new RefusedException(
            "Cannot seal %s %s: it has %d rows and the batch brings %d, less than half. If that is right, allow shrinking. Nothing was committed."
                .formatted(base.name(), window, had, has));
      }
    }
  }

  /**
   * Returns a closed set that fits into its property: the versions of the oldest windows are told
   * less exactly where corrections made it ragged. Where holes did, the seal is refused, unless it
   * fills one, which is the way out.
   */
  ClosedSet fit(ClosedSet after) {
    ClosedSet fitting = after;
    Optional<ClosedSet> coarser = Optional.of(after);
    while (size(fitting) > StateCodec.CLOSED_LIMIT && coarser.isPresent()) {
      coarser = fitting.coarser();
      fitting = coarser.orElse(fitting);
    }
    boolean grows = fitting.ranges().size() > closed.ranges().size();
    if (grows && size(fitting) > StateCodec.CLOSED_LIMIT) {
      throw new RefusedException(
          "Cannot seal %s: its closed set would take %d characters of %d. Fill these holes first: %s. Nothing was committed."
              .formatted(
                  base.name(),
                  size(fitting),
                  StateCodec.CLOSED_LIMIT,
                  fitting.holes(base.contract().window().origin())));
    }
    return fitting;
  }

  private static int size(ClosedSet set) {
    return StateCodec.encode(set).length();
  }
}
