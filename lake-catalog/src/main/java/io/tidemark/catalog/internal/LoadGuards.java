package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.RefusedException;
import java.time.Instant;
import java.util.Optional;
import org.apache.iceberg.Snapshot;

/** What must hold on a base before a load goes on from another one. */
final class LoadGuards {

  private final Base base;

  LoadGuards(Base base) {
    this.base = base;
  }

  /** Returns what the table says of its loads, true or not. */
  Optional<LoadState> state() {
    return LoadStateCodec.decode(base.metadata().properties(), base.schema());
  }

  /**
   * Returns what the table says of its loads.
   *
   * @throws HistoryRewrittenException if main no longer holds it
   */
  Optional<LoadState> checkedState() {
    Optional<LoadState> state = state();
    state.filter(s -> base.lineage().rewrittenBehind(s.anchor())).ifPresent(this::rewritten);
    return state;
  }

  private void rewritten(LoadState state) {
    throw new HistoryRewrittenException(
        "Cannot go on with the loads of %s: history was rewritten. Run %s came to %s %s in snapshot %d (sequence number %d), which is no longer part of main. Load it anew with --full."
            .formatted(
                base.name(),
                state.runId(),
                state.position().terms().cursor(),
                state.position().through(),
                state.anchor().snapshotId(),
                state.anchor().sequenceNumber()));
  }

  /**
   * Checks a load. One that replaces all rows, or begins anew, takes the place of whatever there
   * is, but for what a load has brought that began after it.
   *
   * @throws HistoryRewrittenException if the load that it goes on from is no longer part of main
   * @throws RefusedException if a load that began later has landed meanwhile, or any has since the
   *     step was planned, or it leaves too many gaps
   */
  void check(Load load) {
    if (load.mode() == Load.Mode.FULL && load.begin() != null) {
      checkNewest(load, load.begin());
    }
    Load.Advance step = load.advance();
    if (step == null) {
      return;
    }
    boolean begins = step.from() == null && load.mode() == Load.Mode.FULL;
    if (!begins && !checkedState().equals(Optional.ofNullable(step.from()))) {
      throw new RefusedException(
          "Cannot load %s: another load has landed since this one was planned. Start it again. Nothing was committed."
              .formatted(base.name()));
    }
    if (LoadStateCodec.encode(step.to().ranges()).length() > LoadStateCodec.RANGES_LIMIT) {
      throw new RefusedException(
          "Cannot load %s: its %d loaded ranges leave too many gaps to remember. Load what is missing between %s and %s first. Nothing was committed."
              .formatted(
                  base.name(),
                  step.to().ranges().size(),
                  step.to().ranges().get(0),
                  step.to().ranges().get(1)));
    }
  }

  /** Only what landed meanwhile is asked: clocks may differ by more than there is between loads. */
  private void checkNewest(Load load, Load.Begin begin) {
    base.lineage().stream()
        .takeWhile(s -> begin.snapshotId() == null || s.snapshotId() != begin.snapshotId())
        .filter(s -> begunAfter(s, begin.at()))
        .findFirst()
        .ifPresent(s -> refuse(load, begin, s));
  }

  private static boolean begunAfter(Snapshot snapshot, Instant begin) {
    String begun = snapshot.summary().get(Keys.BEGUN);
    return begun != null && Instant.parse(begun).isAfter(begin);
  }

  private void refuse(Load load, Load.Begin begin, Snapshot newer) {
    throw new RefusedException(
        "Cannot load %s: run %s began at %s, and run %s, which began at %s, has landed meanwhile. Nothing was committed."
            .formatted(
                base.name(),
                load.runId(),
                begin.at(),
                newer.summary().get(Keys.RUN_ID),
                newer.summary().get(Keys.BEGUN)));
  }
}
