package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadResult;
import io.tidemark.catalog.commit.PastLoad;
import io.tidemark.catalog.commit.RefusedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expressions;

/** A load of a plain table, which has no contract and no state: its summary says all of it. */
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

  @Override
  public Step<LoadResult> plan(Base base) {
    checkPlain(base);
    Optional<Snapshot> before = find(base, load.runId());
    if (before.isPresent()) {
      return new Step.Done<>(new LoadResult(before.get().snapshotId(), true, rows(before.get())));
    }
    return new Step.Commit<>(this::update, summary(), snapshot -> Map.of(), this::landed);
  }

  /** Returns the snapshot of a run on main. */
  static Optional<Snapshot> find(Base base, String runId) {
    return loads(base).filter(s -> runId.equals(s.summary().get(Keys.RUN_ID))).findFirst();
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
        Load.Mode.valueOf(summary.get(Keys.MODE).toUpperCase(Locale.ROOT)),
        summary.get(Keys.SOURCE),
        rows(snapshot),
        snapshot.snapshotId(),
        Instant.ofEpochMilli(snapshot.timestampMillis()));
  }

  static long rows(Snapshot snapshot) {
    return Long.parseLong(snapshot.summary().get(Keys.ROWS_AFTER));
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

  private Map<String, String> summary() {
    Map<String, String> summary = new HashMap<>();
    summary.put(Keys.WRITER, Writer.LOAD.toString());
    summary.put(Keys.RUN_ID, load.runId());
    summary.put(Keys.MODE, load.mode().name().toLowerCase(Locale.ROOT));
    summary.put(Keys.SOURCE, load.source());
    summary.put(Keys.ROWS_AFTER, String.valueOf(load.rows()));
    return summary;
  }

  @Override
  public LoadResult landed(Snapshot snapshot) {
    return new LoadResult(snapshot.snapshotId(), false, load.rows());
  }
}
