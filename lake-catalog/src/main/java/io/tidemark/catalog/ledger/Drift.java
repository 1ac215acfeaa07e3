package io.tidemark.catalog.ledger;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.SealResult;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the table said of a window before a seal against what the batch says.
 *
 * @param window the sealed window
 * @param rowsBefore the rows of the window in the seal's parent snapshot
 * @param rowsAfter the rows of the window in the seal's own snapshot
 * @param measures the measures that have a total, in the contract's order
 */
public record Drift(Window window, long rowsBefore, long rowsAfter, List<Total> measures)
    implements Serializable {

  public Drift {
    measures = List.copyOf(measures);
  }

  /**
   * Computes the drift of a seal's windows from its parent snapshot and its own, reading the rows
   * of both.
   *
   * @return one per window, in their order
   * @throws io.tidemark.catalog.InvalidRequestException if one of the two snapshots has expired
   */
  public static List<Drift> of(UnifiedTable table, SealResult seal) {
    return of(table, seal.windows(), seal.parentSnapshotId(), seal.snapshotId());
  }

  /**
   * Computes the drift of windows between two snapshots.
   *
   * @param before the snapshot before, or null for an empty table
   * @param after the snapshot after
   * @return one per window, in their order
   * @throws io.tidemark.catalog.InvalidRequestException if one of the two snapshots has expired
   */
  public static List<Drift> of(
      UnifiedTable table, List<Window> windows, @Nullable Long before, long after) {
    return windows.stream()
        .map(w -> between(w, read(table, w, before), read(table, w, after)))
        .toList();
  }

  /** Returns a measure's totals, if it has any. */
  public Optional<Total> measure(String name) {
    return measures.stream().filter(m -> m.measure().equals(name)).findFirst();
  }

  /** Returns whether anything differs. */
  public boolean isNone() {
    return rowsBefore == rowsAfter && measures.stream().allMatch(m -> m.difference().signum() == 0);
  }

  /**
   * Shows one line: {@code [2026-11-20, 2026-11-21): rows 24 -> 25, clicks 96 -> 98 (+2)}.
   *
   * @param spec how the table's time line is cut, by which the window is named
   */
  public String show(WindowSpec spec) {
    return show(spec.format(window));
  }

  @Override
  public String toString() {
    return show(window.toString());
  }

  private String show(String name) {
    StringBuilder text =
        new StringBuilder("%s: rows %d -> %d".formatted(name, rowsBefore, rowsAfter));
    measures.forEach(m -> text.append(", ").append(m));
    return text.toString();
  }

  private static WindowTotals read(UnifiedTable table, Window window, @Nullable Long snapshotId) {
    return WindowTotals.read(table.table(), table.contract(), window, snapshotId);
  }

  private static Drift between(Window window, WindowTotals before, WindowTotals after) {
    List<Total> measures = new ArrayList<>();
    for (int i = 0; i < after.totals().size(); i++) {
      MeasureTotal total = after.totals().get(i);
      measures.add(new Total(total.name(), before.totals().get(i).value(), total.value()));
    }
    return new Drift(window, before.rows(), after.rows(), measures);
  }
}
