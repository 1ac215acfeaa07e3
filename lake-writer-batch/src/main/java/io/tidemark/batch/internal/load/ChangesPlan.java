package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.cursor.ColumnCursor;
import io.tidemark.batch.internal.source.TransactionMark;
import io.tidemark.batch.internal.upsert.UpsertPlan;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.CursorRange;
import io.tidemark.catalog.commit.Load.Mode;
import io.tidemark.catalog.commit.LoadPosition;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.LoadTerms;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.manifest.Cursor;
import io.tidemark.catalog.manifest.LoadMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans loads of what changed.
 *
 * @param plan the source and the table
 * @param cursor tells what changed; null for the order of the source's transactions
 * @param terms what the loads ask for
 */
record ChangesPlan(StepPlan plan, @Nullable ColumnCursor cursor, LoadTerms terms) {

  static ChangesPlan of(StepPlan plan, LoadMode.Upsert mode) {
    ColumnCursor cursor =
        mode.cursor() instanceof Cursor.Column column
            ? ColumnCursor.of(plan.entry(), plan.relation(), column)
            : null;
    return new ChangesPlan(plan, cursor, plan.terms(Mode.UPSERT, cursor, key(plan, mode)));
  }

  /** Plans to load what changed since the load before. */
  LoadStep next(boolean anew) {
    Optional<LoadState> before = plan.before(terms, anew);
    return cursor == null ? byTransaction(before) : by(cursor, before);
  }

  private LoadStep by(ColumnCursor column, Optional<LoadState> before) {
    Optional<String> end = column.end(plan.session());
    if (before.isEmpty()) {
      return end.map(hi -> StepPlan.first(terms, hi, null, "", unproven()))
          .orElseGet(() -> LoadStep.full(unproven()));
    }
    String last = before.get().position().through();
    String lo = column.lagging(last);
    String hi = end.map(e -> column.later(last, e)).orElse(last);
    return new LoadStep(
        Mode.UPSERT,
        "(%s OR %s)".formatted(column.from(lo), column.isNull()),
        "rows with %s from %s on, or none".formatted(column.name(), lo),
        StepPlan.advance(before.get(), terms, List.of(new CursorRange(null, hi)), null),
        terms.key());
  }

  private LoadStep byTransaction(Optional<LoadState> before) {
    TransactionMark mark =
        plan.session()
            .transactions(plan.relation())
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "Cannot load %s by transaction: %s does not tell which transactions wrote the rows of %s. That takes a table of PostgreSQL, and a user that may call pg_control_system() and pg_control_checkpoint(); else name a column as the cursor"
                            .formatted(
                                plan.entry().name(),
                                plan.entry().source(),
                                plan.entry().relation())));
    if (before.isEmpty()) {
      return StepPlan.first(terms, mark.oldest(), mark.text(), "", unproven());
    }
    LoadPosition position = before.get().position();
    String filter =
        plan.session()
            .writtenSince(plan.relation(), String.valueOf(position.mark()))
            .orElseThrow(
                () ->
                    new RefusedException(
                        "Cannot load %s: %s is another database than at transaction %s, or one behind it, or too far from it to tell. Load it anew with --full. Nothing was loaded."
                            .formatted(
                                plan.entry().name(), plan.entry().source(), position.through())));
    return new LoadStep(
        Mode.UPSERT,
        filter,
        "rows written by transactions from %s on".formatted(position.through()),
        StepPlan.advance(
            before.get(), terms, List.of(new CursorRange(null, mark.oldest())), mark.text()),
        terms.key());
  }

  private static List<String> key(StepPlan plan, LoadMode.Upsert mode) {
    List<String> key =
        mode.key().isEmpty()
            ? plan.columns().schema().identifierFieldNames().stream().sorted().toList()
            : mode.key();
    if (key.isEmpty()) {
      throw new InvalidRequestException(
          "Cannot upsert %s: %s has no primary key. Name columns that tell its rows apart: key: [ ... ]"
              .formatted(plan.entry().name(), plan.entry().relation()));
    }
    UpsertPlan.checkKey(plan.target().schema(), key);
    plan.checkFormat("upsert");
    return key;
  }

  /** A key that the source keeps to need not be checked where all of it is read at once. */
  private List<String> unproven() {
    Set<String> proven = plan.columns().schema().identifierFieldNames();
    return plan.relation().keepsKeys() && !proven.isEmpty() && terms.key().containsAll(proven)
        ? List.of()
        : terms.key();
  }
}
