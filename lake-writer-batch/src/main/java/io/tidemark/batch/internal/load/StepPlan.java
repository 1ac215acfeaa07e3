package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.cursor.ColumnCursor;
import io.tidemark.batch.internal.cursor.Ranges;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.batch.internal.source.TransactionMark;
import io.tidemark.batch.internal.upsert.UpsertPlan;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.CursorRange;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.Load.Advance;
import io.tidemark.catalog.commit.Load.Mode;
import io.tidemark.catalog.commit.LoadPosition;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.LoadTerms;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.manifest.Cursor;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.LoadMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a run has to load of a table. How far it comes is decided before anything is read,
 * so that what the rows are read in later is at least as much.
 *
 * @param entry what the manifest says of the load
 * @param session a session of the source
 * @param relation the source's table
 * @param columns the columns that are loaded
 * @param table the plain table, as far as there is one
 */
record StepPlan(
    LoadEntry entry,
    SourceSession session,
    SourceTable relation,
    SourceColumns columns,
    LoadTarget table) {

  /**
   * Plans.
   *
   * @throws InvalidRequestException if the source, the cursor or the key will not do
   * @throws RefusedException if this cannot go on from the load before
   * @throws io.tidemark.catalog.commit.HistoryRewrittenException likewise
   */
  LoadStep plan(LoadExtent extent) {
    if (extent instanceof LoadExtent.Range range) {
      return range(range);
    }
    boolean anew = extent instanceof LoadExtent.Anew;
    if (entry.mode() instanceof LoadMode.Append append) {
      ColumnCursor cursor = ColumnCursor.of(entry, relation, append.cursor());
      return append(cursor, before(terms(append), anew));
    }
    if (entry.mode() instanceof LoadMode.Upsert upsert) {
      LoadTerms terms = terms(upsert);
      return upsert.cursor() instanceof Cursor.Column column
          ? upsert(ColumnCursor.of(entry, relation, column), terms, before(terms, anew))
          : upsert(terms, before(terms, anew));
    }
    return LoadStep.full();
  }

  private LoadStep append(ColumnCursor cursor, Optional<LoadState> before) {
    LoadTerms terms = terms((LoadMode.Append) entry.mode());
    checkNoNulls(cursor);
    Optional<String> end = cursor.end(session).map(cursor::lagging);
    if (before.isEmpty()) {
      return end.map(hi -> first(terms, hi, null, cursor.before(hi), List.of()))
          .orElseGet(LoadStep::full);
    }
    LoadPosition position = before.get().position();
    String lo = position.through();
    String hi = end.map(e -> cursor.later(lo, e)).orElse(lo);
    return new LoadStep(
        Mode.APPEND,
        cursor.from(lo) + " AND " + cursor.before(hi),
        reads(cursor, lo, hi),
        advance(before.get(), terms, Ranges.extended(position.ranges(), hi), null),
        List.of());
  }

  /** What has no place in the order would be read never or always. */
  private void checkNoNulls(ColumnCursor cursor) {
    SourceQuery query = columns.queryFor(columns.schema(), cursor.isNull());
    long nulls =
        session.cut(relation, List.of(), Long.MAX_VALUE, 1).stream()
            .mapToLong(range -> session.count(query, range))
            .sum();
    if (nulls > 0) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "Cannot load %s: %,d rows of %s have no %s and so are in no range. Give them one, exclude them by where, or choose mode upsert, which reads them each time. Nothing was loaded.",
              entry.name(),
              nulls,
              entry.relation(),
              cursor.name()));
    }
  }

  private LoadStep range(LoadExtent.Range asked) {
    if (!(entry.mode() instanceof LoadMode.Append append)) {
      throw new InvalidRequestException(
          "Cannot load a range of %s: its mode is not append".formatted(entry.name()));
    }
    ColumnCursor cursor = ColumnCursor.of(entry, relation, append.cursor());
    CursorRange range = new CursorRange(cursor.read(asked.from()), cursor.read(asked.to()));
    LoadTerms terms = terms(append);
    Optional<LoadState> before = before(terms, false);
    checkRange(cursor, range, before);
    checkNoNulls(cursor);
    List<CursorRange> there = before.map(s -> s.position().ranges()).orElse(List.of());
    return new LoadStep(
        Mode.APPEND,
        cursor.from(range.lo()) + " AND " + cursor.before(range.hi()),
        reads(cursor, range.lo(), range.hi()),
        new Advance(
            before.orElse(null),
            new LoadPosition(terms, Ranges.with(there, range, cursor::compare), null)),
        List.of());
  }

  private void checkRange(ColumnCursor cursor, CursorRange range, Optional<LoadState> before) {
    if (cursor.compare(range.lo(), range.hi()) >= 0) {
      throw new InvalidRequestException(
          "Cannot load %s of %s: the range is empty".formatted(range, entry.name()));
    }
    if (before.isEmpty() && !table.isEmpty()) {
      throw refused(range, "it has rows of which nobody knows the ranges. Load it with --full");
    }
    before.stream()
        .flatMap(state -> state.position().ranges().stream())
        .filter(there -> Ranges.overlap(there, range, cursor::compare))
        .findFirst()
        .ifPresent(there -> refuse(range, "%s is loaded".formatted(there)));
    String end = cursor.end(session).map(cursor::lagging).orElse(range.lo());
    if (cursor.compare(range.hi(), end) > 0) {
      throw refused(range, "rows may still come from %s on".formatted(end));
    }
  }

  private void refuse(CursorRange range, String reason) {
    throw refused(range, reason);
  }

  private RefusedException refused(CursorRange range, String reason) {
    return new RefusedException(
        "Cannot load %s of %s: %s. Nothing was loaded.".formatted(range, entry.name(), reason));
  }

  private LoadStep upsert(ColumnCursor cursor, LoadTerms terms, Optional<LoadState> before) {
    Optional<String> end = cursor.end(session);
    if (before.isEmpty()) {
      return end.map(hi -> first(terms, hi, null, "", unproven(terms.key())))
          .orElseGet(LoadStep::full);
    }
    String last = before.get().position().through();
    String lo = cursor.lagging(last);
    String hi = end.map(e -> cursor.later(last, e)).orElse(last);
    return new LoadStep(
        Mode.UPSERT,
        "(%s OR %s)".formatted(cursor.from(lo), cursor.isNull()),
        "rows with %s from %s on, or none".formatted(cursor.name(), lo),
        advance(before.get(), terms, List.of(new CursorRange(null, hi)), null),
        terms.key());
  }

  private LoadStep upsert(LoadTerms terms, Optional<LoadState> before) {
    TransactionMark mark =
        session
            .transactions(relation)
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "Cannot load %s by transaction: %s does not tell which transactions wrote the rows of %s. That takes a table of PostgreSQL, and a user that may call pg_control_system() and pg_control_checkpoint(); else name a column as the cursor"
                            .formatted(entry.name(), entry.source(), entry.relation())));
    if (before.isEmpty()) {
      return first(terms, mark.oldest(), mark.text(), "", unproven(terms.key()));
    }
    LoadPosition position = before.get().position();
    String filter =
        session
            .writtenSince(relation, String.valueOf(position.mark()))
            .orElseThrow(
                () ->
                    new RefusedException(
                        "Cannot load %s: %s is another database than at transaction %s, or one behind it, or too far from it to tell. Load it anew with --full. Nothing was loaded."
                            .formatted(entry.name(), entry.source(), position.through())));
    return new LoadStep(
        Mode.UPSERT,
        filter,
        "rows written by transactions from %s on".formatted(position.through()),
        advance(before.get(), terms, List.of(new CursorRange(null, mark.oldest())), mark.text()),
        terms.key());
  }

  /** The first of the loads, or one that begins anew, brings all there is so far. */
  private LoadStep first(
      LoadTerms terms, String hi, @Nullable String mark, String filter, List<String> key) {
    LoadPosition to = new LoadPosition(terms, List.of(new CursorRange(null, hi)), mark);
    String reads =
        filter.isEmpty() ? "all rows" : "all rows with %s before %s".formatted(terms.cursor(), hi);
    return new LoadStep(Mode.FULL, filter, reads, new Advance(null, to), key);
  }

  private static Advance advance(
      LoadState before, LoadTerms terms, List<CursorRange> ranges, @Nullable String mark) {
    return new Advance(before, new LoadPosition(terms, ranges, mark));
  }

  private static String reads(ColumnCursor cursor, String lo, String hi) {
    return "rows with %s from %s on, before %s".formatted(cursor.name(), lo, hi);
  }

  private LoadTerms terms(LoadMode.Append append) {
    return terms(Mode.APPEND, append.cursor().name(), List.of());
  }

  private LoadTerms terms(LoadMode.Upsert upsert) {
    String column = upsert.cursor() instanceof Cursor.Column named ? named.name() : null;
    return terms(Mode.UPSERT, column, key(upsert));
  }

  private LoadTerms terms(Load.Mode mode, @Nullable String column, List<String> key) {
    return new LoadTerms(mode, TableLoad.origin(entry), entry.where(), column, key);
  }

  private List<String> key(LoadMode.Upsert upsert) {
    List<String> key =
        upsert.key().isEmpty()
            ? columns.schema().identifierFieldNames().stream().sorted().toList()
            : upsert.key();
    if (key.isEmpty()) {
      throw new InvalidRequestException(
          "Cannot upsert %s: %s has no primary key. Name columns that tell its rows apart: key: [ ... ]"
              .formatted(entry.name(), entry.relation()));
    }
    UpsertPlan.checkKey(table.schema(), key);
    return key;
  }

  /** What the source has for a key need not be checked where all of it is read at once. */
  private List<String> unproven(List<String> key) {
    Set<String> proven = columns.schema().identifierFieldNames();
    return !proven.isEmpty() && key.containsAll(proven) ? List.of() : key;
  }

  private Optional<LoadState> before(LoadTerms terms, boolean anew) {
    Optional<LoadState> before = anew ? Optional.empty() : table.state();
    before
        .map(state -> state.position().terms().differences(terms))
        .filter(differences -> !differences.isEmpty())
        .ifPresent(
            differences -> {
              throw new RefusedException(
                  "Cannot go on with the loads of %s: %s. Load it anew with --full, or change it back. Nothing was loaded."
                      .formatted(entry.name(), differences));
            });
    return before;
  }
}
