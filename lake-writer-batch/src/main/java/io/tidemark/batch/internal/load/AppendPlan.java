package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.cursor.ColumnCursor;
import io.tidemark.batch.internal.cursor.Ranges;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.CursorRange;
import io.tidemark.catalog.commit.Load.Advance;
import io.tidemark.catalog.commit.Load.Mode;
import io.tidemark.catalog.commit.LoadPosition;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.LoadTerms;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.manifest.LoadMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Plans loads of closed ranges.
 *
 * @param plan the source and the table
 * @param cursor the column of the ranges
 * @param terms what the loads ask for
 */
record AppendPlan(StepPlan plan, ColumnCursor cursor, LoadTerms terms) {

  static AppendPlan of(StepPlan plan, LoadMode.Append mode) {
    ColumnCursor cursor = ColumnCursor.of(plan.entry(), plan.relation(), mode.cursor());
    plan.checkFormat("append to");
    return new AppendPlan(plan, cursor, plan.terms(Mode.APPEND, cursor, List.of()));
  }

  /** Plans to load what came since the load before. */
  LoadStep next(boolean anew) {
    Optional<LoadState> before = plan.before(terms, anew);
    checkNoNulls();
    Optional<String> end = end();
    if (before.isEmpty()) {
      return end.map(hi -> StepPlan.first(terms, hi, null, cursor.before(hi), List.of()))
          .orElseGet(() -> LoadStep.full(List.of()));
    }
    LoadPosition position = before.get().position();
    String lo = position.through();
    String hi = end.map(e -> cursor.later(lo, e)).orElse(lo);
    return new LoadStep(
        Mode.APPEND,
        cursor.from(lo) + " AND " + cursor.before(hi),
        reads(lo, hi),
        StepPlan.advance(before.get(), terms, Ranges.extended(position.ranges(), hi), null),
        List.of());
  }

  /** What has no place in the order would be read never or always. */
  private void checkNoNulls() {
    SourceQuery query = plan.columns().queryFor(plan.columns().schema(), cursor.isNull());
    SourceSession session = plan.session();
    long nulls =
        session.cut(plan.relation(), List.of(), Long.MAX_VALUE, 1).stream()
            .mapToLong(range -> session.count(query, range))
            .sum();
    if (nulls > 0) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "Cannot load %s: %,d rows of %s have no %s and so are in no range. Give them one, exclude them by where, or choose mode upsert, which reads them each time. Nothing was loaded.",
              plan.entry().name(),
              nulls,
              plan.entry().relation(),
              cursor.name()));
    }
  }

  /** Plans to load a closed range. */
  LoadStep range(LoadExtent.Range asked) {
    CursorRange range = new CursorRange(cursor.read(asked.from()), cursor.read(asked.to()));
    Optional<LoadState> before = plan.before(terms, false);
    checkRange(range, before);
    checkNoNulls();
    List<CursorRange> there = before.map(s -> s.position().ranges()).orElse(List.of());
    return new LoadStep(
        Mode.APPEND,
        cursor.from(range.lo()) + " AND " + cursor.before(range.hi()),
        reads(range.lo(), range.hi()),
        new Advance(
            before.orElse(null),
            new LoadPosition(terms, Ranges.with(there, range, cursor::compare), null)),
        List.of());
  }

  private void checkRange(CursorRange range, Optional<LoadState> before) {
    if (cursor.compare(range.lo(), range.hi()) >= 0) {
      throw new InvalidRequestException(
          "Cannot load %s of %s: the range is empty. Let it begin before it ends"
              .formatted(range, plan.entry().name()));
    }
    if (before.isEmpty() && !plan.target().isEmpty()) {
      throw refused(range, "it has rows of which nobody knows the ranges. Load it with --full");
    }
    before.stream()
        .flatMap(state -> state.position().ranges().stream())
        .filter(there -> Ranges.overlap(there, range, cursor::compare))
        .findFirst()
        .ifPresent(there -> refuse(range, there));
    String end = end().orElse(range.lo());
    if (cursor.compare(range.hi(), end) > 0) {
      throw refused(
          range,
          "rows may still come from %1$s on. Let it end at %1$s at the latest, or load with a shorter lag"
              .formatted(end));
    }
  }

  private void refuse(CursorRange range, CursorRange loaded) {
    throw refused(
        range, "%s is loaded. Choose a range beside it, or load all with --full".formatted(loaded));
  }

  private RefusedException refused(CursorRange range, String reason) {
    return new RefusedException(
        "Cannot load %s of %s: %s. Nothing was loaded."
            .formatted(range, plan.entry().name(), reason));
  }

  /** Returns what a range that is over may end before; nothing where there is nothing to go by. */
  private Optional<String> end() {
    return cursor.end(plan.session()).map(cursor::lagging);
  }

  private String reads(String lo, String hi) {
    return "rows with %s from %s on, before %s".formatted(cursor.name(), lo, hi);
  }
}
