package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Anchor;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadResult;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.PastLoad;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.Replacement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expressions;

/** A load of a plain table, which has no contract, and no state but that of its loads. */
final class LoadIntent implements CommitIntent<LoadResult> {

  private final String commitId = UUID.randomUUID().toString();
  private final Load load;

  LoadIntent(Load load) {
    this.load = load;
  }

  @Override
  public String commitId() {
    return commitId;
  }

  /** The state of loads has an anchor of its own, and a load that begins anew needs none. */
  @Override
  public boolean repairsHistory() {
    return true;
  }

  @Override
  public String afterRewrite() {
    return "Load it anew with --full.";
  }

  @Override
  public Step<LoadResult> plan(Base base) {
    checkPlain(base);
    Optional<LoadResult> before = before(base, load.runId());
    if (before.isPresent()) {
      return new Step.Done<>(before.get());
    }
    new LoadGuards(base).check(load);
    return load.mode() == Load.Mode.UPSERT ? upsert(base) : commit(base, this::update, 0);
  }

  private Step<LoadResult> upsert(Base base) {
    Replacement replacement = load.replace(base.table());
    return commit(base, tx -> update(tx, base, replacement), replacement.rows());
  }

  private Step<LoadResult> commit(
      Base base, Function<Transaction, SnapshotUpdate<?>> update, long replaced) {
    return new Step.Commit<>(
        update,
        summary(replaced),
        snapshot -> properties(base, snapshot),
        snapshot -> result(snapshot, replaced));
  }

  /** Returns what became of a run that is on main, or that the state still knows. */
  static Optional<LoadResult> before(Base base, String runId) {
    Optional<LoadResult> found =
        loads(base)
            .filter(s -> runId.equals(s.summary().get(Keys.RUN_ID)))
            .findFirst()
            .map(s -> new LoadResult(mode(s), s.snapshotId(), true, rows(s), replaced(s)));
    return found.or(
        () ->
            new LoadGuards(base)
                .state()
                .filter(s -> s.runId().equals(runId) && !base.lineage().rewrittenBehind(s.anchor()))
                .map(LoadIntent::before));
  }

  private static LoadResult before(LoadState state) {
    Load.Mode mode = state.position().terms().mode();
    return new LoadResult(mode, state.anchor().snapshotId(), true, state.rows(), 0);
  }

  /** Returns the snapshots of loads on main, newest first. */
  static Stream<Snapshot> loads(Base base) {
    return base.lineage().stream()
        .filter(s -> Writer.LOAD.toString().equals(s.summary().get(Keys.WRITER)));
  }

  /** Returns what the summary of a load says. */
  static PastLoad past(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    return new PastLoad(
        summary.get(Keys.RUN_ID),
        mode(snapshot),
        summary.get(Keys.SOURCE),
        rows(snapshot),
        replaced(snapshot),
        snapshot.snapshotId(),
        Instant.ofEpochMilli(snapshot.timestampMillis()));
  }

  private static Load.Mode mode(Snapshot snapshot) {
    return Load.Mode.of(snapshot.summary().get(Keys.MODE));
  }

  private static long rows(Snapshot snapshot) {
    return Long.parseLong(snapshot.summary().get(Keys.ROWS_AFTER));
  }

  private static long replaced(Snapshot snapshot) {
    return Long.parseLong(snapshot.summary().getOrDefault(Keys.ROWS_BEFORE, "0"));
  }

  /** A unified table's windows have owners: what is loaded into them is sealed. */
  private static void checkPlain(Base base) {
    if (base.metadata().property(Keys.CONTRACT, null) != null) {
      throw new RefusedException(
          "Cannot load %s: it is a unified table now, whose windows are sealed. Nothing was committed."
              .formatted(base.name()));
    }
  }

  private SnapshotUpdate<?> update(Transaction tx) {
    if (load.mode() == Load.Mode.APPEND) {
      AppendFiles append = tx.newFastAppend();
      load.files().forEach(append::appendFile);
      return append;
    }
    OverwriteFiles overwrite = tx.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
    for (DataFile file : load.files()) {
      overwrite.addFile(file);
    }
    return overwrite;
  }

  /** What is there and what comes in one update: a reader sees the old rows or the new ones. */
  private SnapshotUpdate<?> update(Transaction tx, Base base, Replacement replacement) {
    RowDelta delta = tx.newRowDelta();
    if (base.metadata().currentSnapshot() != null) {
      delta.validateFromSnapshot(base.metadata().currentSnapshot().snapshotId());
    }
    load.files().forEach(delta::addRows);
    replacement.removed().forEach(delta::removeRows);
    replacement.rewritten().forEach(delta::addRows);
    replacement.deletes().forEach(delta::addDeletes);
    replacement.superseded().forEach(delta::removeDeletes);
    return delta;
  }

  private Map<String, String> summary(long replaced) {
    Map<String, String> summary = new HashMap<>();
    summary.put(Keys.WRITER, Writer.LOAD.toString());
    summary.put(Keys.RUN_ID, load.runId());
    summary.put(Keys.MODE, load.mode().toString());
    summary.put(Keys.SOURCE, load.source());
    summary.put(Keys.ROWS_AFTER, String.valueOf(load.rows()));
    if (load.begin() != null) {
      summary.put(Keys.BEGUN, load.begin().at().toString());
    }
    if (load.mode() == Load.Mode.UPSERT) {
      summary.put(Keys.ROWS_BEFORE, String.valueOf(replaced));
    }
    if (load.advance() != null) {
      summary.put(Keys.CUT, load.advance().to().through());
    }
    return summary;
  }

  /** A load that replaces all rows and is no step among others leaves no state behind. */
  private Map<String, String> properties(Base base, Snapshot snapshot) {
    Map<String, String> properties = new HashMap<>();
    if (load.advance() != null) {
      Anchor anchor = new Anchor(snapshot.snapshotId(), snapshot.sequenceNumber());
      LoadState state = new LoadState(load.advance().to(), load.runId(), load.rows(), anchor);
      properties.put(Keys.LOAD, LoadStateCodec.encode(state, base.schema()));
    } else if (load.mode() == Load.Mode.FULL
        && base.metadata().properties().containsKey(Keys.LOAD)) {
      properties.put(Keys.LOAD, null);
    }
    return properties;
  }

  @Override
  public LoadResult landed(Snapshot snapshot) {
    return result(snapshot, replaced(snapshot));
  }

  private LoadResult result(Snapshot snapshot, long replaced) {
    return new LoadResult(load.mode(), snapshot.snapshotId(), false, load.rows(), replaced);
  }
}
