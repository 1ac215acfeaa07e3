package io.tidemark.catalog.ledger;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.contract.Measure;
import io.tidemark.catalog.internal.Keys;
import io.tidemark.catalog.internal.StateCodec;
import io.tidemark.catalog.internal.WindowRanges;
import io.tidemark.catalog.internal.Writer;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.relocated.com.google.common.collect.Lists;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * A seal or reseal whose snapshot is part of main and retained.
 *
 * @param snapshot the snapshot
 * @param parent the snapshot before, or null where there is none or it has expired
 * @param windows the windows sealed
 * @param closed the closed set after it
 */
record RetainedSeal(
    Snapshot snapshot, @Nullable Snapshot parent, List<Window> windows, ClosedSet closed) {

  /** Returns the seals of a table, oldest first. */
  static List<RetainedSeal> of(UnifiedTable table) {
    List<RetainedSeal> seals = new ArrayList<>();
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table.table())) {
      if (Writer.SEAL.toString().equals(snapshot.summary().get(Keys.WRITER))) {
        seals.add(of(table, snapshot));
      }
    }
    return Lists.reverse(seals);
  }

  private static RetainedSeal of(UnifiedTable table, Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    List<Window> windows =
        WindowRanges.decode(summary.get(Keys.WINDOWS)).stream()
            .flatMap(range -> table.contract().window().split(range).stream())
            .toList();
    Long parentId = snapshot.parentId();
    return new RetainedSeal(
        snapshot,
        parentId == null ? null : table.table().snapshot(parentId),
        windows,
        StateCodec.decodeRanges(summary.get(Keys.CLOSED)));
  }

  /** Computes the drift of the windows; where the parent has expired, as if from an empty table. */
  List<Drift> drift(UnifiedTable table) {
    Long before = parent == null ? null : parent.snapshotId();
    return Drift.of(table, windows, before, snapshot.snapshotId());
  }

  /** Returns the ledger's rows of this seal. */
  List<LedgerRow> rows(UnifiedTable table, List<Drift> drifts) {
    boolean driftKnown = parent != null || snapshot.parentId() == null;
    List<LedgerRow> rows = new ArrayList<>();
    for (Drift drift : drifts) {
      Total count =
          new Total(
              WindowsLedger.ROW_COUNT,
              BigDecimal.valueOf(drift.rowsBefore()),
              BigDecimal.valueOf(drift.rowsAfter()));
      rows.add(row(drift.window(), count, driftKnown));
      for (Measure measure : table.contract().measures()) {
        Optional<Total> total = drift.measure(measure.name());
        rows.add(
            row(
                drift.window(),
                total.orElse(new Total(measure.name(), null, null)),
                driftKnown && total.isPresent()));
      }
    }
    return rows;
  }

  private LedgerRow row(Window window, Total total, boolean driftKnown) {
    return new LedgerRow(
        new LedgerRow.Key(window, closed.version(window), total.measure()),
        LedgerRow.State.CLOSED,
        sealedBy(),
        driftKnown ? total.before() : null,
        total.after(),
        driftKnown ? total.difference() : null);
  }

  private LedgerRow.SealedBy sealedBy() {
    Map<String, String> summary = snapshot.summary();
    return new LedgerRow.SealedBy(
        summary.get(Keys.RUN_ID),
        snapshot.snapshotId(),
        Instant.ofEpochMilli(snapshot.timestampMillis()),
        summary.get(Keys.CUT));
  }
}
