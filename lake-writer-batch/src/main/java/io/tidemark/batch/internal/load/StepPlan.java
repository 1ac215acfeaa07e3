package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.cursor.ColumnCursor;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.commit.CursorRange;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.Load.Advance;
import io.tidemark.catalog.commit.Load.Mode;
import io.tidemark.catalog.commit.LoadPosition;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.LoadTerms;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.LoadMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableUtil;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a run has to load of a table. How far it comes is decided before anything is read,
 * so that what the rows are read in later is at least as much.
 *
 * @param entry what the manifest says of the load
 * @param session a session of the source
 * @param relation the source's table
 * @param columns the columns that are loaded
 * @param target the plain table, as far as there is one
 */
record StepPlan(
    LoadEntry entry,
    SourceSession session,
    SourceTable relation,
    SourceColumns columns,
    LoadTarget target) {

  /**
   * Asks the source what there is.
   *
   * @param there the plain table; null where there is none yet
   * @throws InvalidRequestException if the source has not what the manifest asks for
   * @throws RefusedException if the plain table must not take it
   */
  static StepPlan of(LoadEntry entry, SourceSession session, @Nullable PlainTable there) {
    SourceTable relation = session.describe(entry.relation());
    SourceColumns columns = new SourceColumns(entry, relation);
    LoadTarget target = LoadTarget.of(there, columns.schema(), entry.onDrift());
    return new StepPlan(entry, session, relation, columns, target);
  }

  /** Has the source check what a step would read, see {@link SourceSession#check}. */
  void check(LoadStep step) {
    session.check(relation, columns.queryFor(columns.schema(), step.filter()));
  }

  /**
   * Plans.
   *
   * @throws InvalidRequestException if the source, the cursor or the key will not do
   * @throws RefusedException if this cannot go on from the load before
   * @throws io.tidemark.catalog.commit.HistoryRewrittenException likewise
   */
  LoadStep plan(LoadExtent extent) {
    boolean anew = extent instanceof LoadExtent.Anew;
    if (entry.mode() instanceof LoadMode.Append append) {
      AppendPlan plan = AppendPlan.of(this, append);
      return extent instanceof LoadExtent.Range range ? plan.range(range) : plan.next(anew);
    }
    if (extent instanceof LoadExtent.Range) {
      throw new InvalidRequestException(
          "Cannot load a range of %s: its mode is not append. Load it without a range"
              .formatted(entry.name()));
    }
    return entry.mode() instanceof LoadMode.Upsert upsert
        ? ChangesPlan.of(this, upsert).next(anew)
        : full(anew);
  }

  /** Its rows would take the place of those that other modes have gathered. */
  private LoadStep full(boolean anew) {
    Optional<LoadState> before = anew ? Optional.empty() : target.state();
    if (before.isPresent()) {
      throw new RefusedException(
          "Cannot load %s: its mode is full, and its loads so far were of mode %s. Load it anew with --full, or change it back. Nothing was loaded."
              .formatted(entry.name(), before.get().position().terms().mode()));
    }
    return LoadStep.full(List.of());
  }

  /** The first of the loads, or one that begins anew, brings all there is so far. */
  static LoadStep first(
      LoadTerms terms, String hi, @Nullable String mark, String filter, List<String> key) {
    LoadPosition to = new LoadPosition(terms, List.of(new CursorRange(null, hi)), mark);
    String reads =
        filter.isEmpty() ? "all rows" : "all rows with %s before %s".formatted(terms.cursor(), hi);
    return new LoadStep(Mode.FULL, filter, reads, new Advance(null, to), key);
  }

  static Advance advance(
      LoadState before, LoadTerms terms, List<CursorRange> ranges, @Nullable String mark) {
    return new Advance(before, new LoadPosition(terms, ranges, mark));
  }

  LoadTerms terms(Load.Mode mode, @Nullable ColumnCursor cursor, List<String> key) {
    Schema schema = target.schema();
    Stream<String> texts =
        key.stream().flatMap(name -> columns.form(schema.findField(name)).stream());
    return new LoadTerms(
        mode,
        TableLoad.origin(entry),
        entry.where(),
        cursor == null ? null : cursor.name(),
        key,
        Stream.concat(Stream.ofNullable(cursor).map(ColumnCursor::form), texts).toList());
  }

  /**
   * Checks that the plain table can go on from load to load.
   *
   * @param what what the loads do to it, for people
   * @throws InvalidRequestException if its format version does not let it
   */
  void checkFormat(String what) {
    PlainTable plain = target.table();
    if (plain != null && TableUtil.formatVersion(plain.table()) < 2) {
      throw new InvalidRequestException(
          "Cannot %s %s: its format version is 1, in which no row can be deleted and no snapshot has a number. Set its property format-version to 2"
              .formatted(what, entry.name()));
    }
  }

  /**
   * Returns what the load before left; nothing where there is none, or none is to be gone on from.
   */
  Optional<LoadState> before(LoadTerms terms, boolean anew) {
    Optional<LoadState> before = anew ? Optional.empty() : target.state();
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
