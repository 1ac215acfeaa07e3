package io.tidemark.catalog.internal;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.Anchor;
import io.tidemark.catalog.commit.Seal;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Cuts;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;

/** The one commit in which the batch takes windows over. */
final class SealIntent implements CommitIntent<SealResult> {

  private final String commitId;
  private final TableContract contract;
  private final Seal seal;
  private final InstantSource clock;

  /**
   * @param clock tells which windows are over where no stream does
   */
  SealIntent(String commitId, TableContract contract, Seal seal, InstantSource clock) {
    this.commitId = commitId;
    this.contract = contract;
    this.seal = seal;
    this.clock = clock;
  }

  @Override
  public String commitId() {
    return commitId;
  }

  @Override
  public Step<SealResult> plan(Base base) {
    SealPlan plan = seal.plan();
    SealGuards guards = new SealGuards(base);
    if (guards.sealedBy(plan.runId(), plan.windows())) {
      return new Step.Done<>(alreadySealed(base));
    }
    base.checkLayout(contract);
    guards.checkVersions(plan);
    guards.checkWatermark(plan.windows(), seal.allowed(), clock.instant());
    checkFiles(base);
    WindowRows before = WindowRows.live(base, seal.range());
    WindowRows after = WindowRows.of(base.fileWindows(), seal.files());
    guards.checkShrink(plan, before, after, seal.allowed());

    ClosedSet closed = base.state().closed();
    for (Window window : plan.windows()) {
      closed = closed.seal(window, plan.runId());
    }
    ClosedSet sealed = guards.fit(closed);
    Cuts cuts = cuts(base);
    AttentionList attention =
        new AttentionList(base.state().attention())
            .add(new ForeignWrites(base).attention())
            .settle(seal.range());
    return new Step.Commit<>(
        this::update,
        summary(base, sealed, before, after),
        snapshot -> properties(snapshot, sealed, cuts, attention),
        snapshot -> result(snapshot, before.total(), after.total(), sealed));
  }

  /** A window sealed without a cut has none, whatever an earlier version of it covered. */
  private Cuts cuts(Base base) {
    Cuts cuts = base.state().cuts();
    boolean comparable = seal.cut() != null && contract.coveredBy() != null;
    contract.checkCut(seal.cut());
    for (Window window : seal.plan().windows()) {
      cuts = comparable ? cuts.seal(window, seal.cut()) : cuts.without(window);
    }
    return cuts;
  }

  private void checkFiles(Base base) {
    base.checkSpecs(seal.files());
    FileWindows windows = base.fileWindows();
    for (DataFile file : seal.files()) {
      boolean fits = windows.holding(file).filter(seal.plan().windows()::contains).isPresent();
      if (!fits) {
        throw new InvalidRequestException(
            "Cannot seal %s %s: file %s holds rows outside one of its windows or without a period, or is in the partition of another window, first period=%s. Nothing was committed."
                .formatted(
                    base.name(),
                    seal.range(),
                    file.location(),
                    windows.firstPeriod(file).map(Instant::toString).orElse("unknown")));
      }
    }
  }

  private SnapshotUpdate<?> update(Transaction tx) {
    OverwriteFiles overwrite = tx.newOverwrite();
    overwrite.overwriteByRowFilter(TableLayout.filter(contract, seal.range()));
    seal.files().forEach(overwrite::addFile);
    return overwrite;
  }

  private Map<String, String> summary(
      Base base, ClosedSet closed, WindowRows before, WindowRows after) {
    Map<String, String> summary = new HashMap<>();
    summary.put(Keys.WRITER, Writer.SEAL.toString());
    summary.put(Keys.RUN_ID, seal.plan().runId());
    summary.put(Keys.WINDOWS, WindowRanges.encode(seal.plan().windows()));
    summary.put(Keys.CLOSED, StateCodec.encode(closed));
    summary.put(Keys.ROWS_BEFORE, Long.toString(before.total()));
    summary.put(Keys.ROWS_AFTER, Long.toString(after.total()));
    Summaries.putReplaced(summary, base, Keys.CLOSED);
    if (seal.cut() != null) {
      summary.put(Keys.CUT, seal.cut());
    }
    if (seal.plan().lateThrough() != null) {
      summary.put(Keys.LATE_THROUGH, Long.toString(seal.plan().lateThrough()));
    }
    return summary;
  }

  private Map<String, String> properties(
      Snapshot snapshot, ClosedSet closed, Cuts cuts, AttentionList attention) {
    Anchor anchor = new Anchor(snapshot.snapshotId(), snapshot.sequenceNumber());
    return Map.of(
        Keys.CLOSED, StateCodec.encode(closed, cuts, anchor),
        Keys.SEALED_THROUGH, closed.boundary(contract.window().origin()).toString(),
        Keys.ATTENTION, StateCodec.encode(attention.entries()));
  }

  private SealResult alreadySealed(Base base) {
    Anchor anchor = base.state().closedAnchor();
    return new SealResult(
        anchor == null ? -1 : anchor.snapshotId(),
        null,
        true,
        seal.plan().windows(),
        0,
        0,
        base.state().closed().boundary(contract.window().origin()));
  }

  private SealResult result(Snapshot snapshot, long before, long after, ClosedSet closed) {
    return new SealResult(
        snapshot.snapshotId(),
        snapshot.parentId(),
        false,
        seal.plan().windows(),
        before,
        after,
        closed.boundary(contract.window().origin()));
  }

  @Override
  public SealResult landed(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    return result(
        snapshot,
        Long.parseLong(summary.get(Keys.ROWS_BEFORE)),
        Long.parseLong(summary.get(Keys.ROWS_AFTER)),
        StateCodec.decodeRanges(summary.get(Keys.CLOSED)));
  }
}
