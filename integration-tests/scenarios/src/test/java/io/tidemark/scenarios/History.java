package io.tidemark.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.window.Window;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * What every snapshot of a table must hold, told from what each commit promises to do to its
 * parent. A commit that nobody announced must change nothing.
 */
final class History {

  private final Map<String, UnaryOperator<Expected>> promises = new HashMap<>();
  private final Map<Long, Expected> known = new HashMap<>();

  /** Announces what a commit will do: its commit id, run id or snapshot id as text. */
  void promise(String id, UnaryOperator<Expected> effect) {
    promises.put(id, effect);
  }

  /** Announces the seal of windows. */
  void promiseSeal(String runId, List<Window> windows, List<Row> rows) {
    List<Row> sealed = rows.stream().map(Row::sealed).toList();
    promise(
        runId,
        before ->
            before
                .without(row -> windows.stream().anyMatch(w -> holds(w, row)))
                .plusForeign(sealed)
                .closed(windows));
  }

  static boolean holds(Window window, Row row) {
    return window.contains(Window.micros(row.period()));
  }

  /** Remembers what the retained snapshots hold, for when their parents are expired. */
  void remember(Table table) {
    table.snapshots().forEach(snapshot -> at(table, snapshot.snapshotId()));
  }

  /** Checks the rows of every retained snapshot, and that no commit is on main twice. */
  void check(UnifiedTable unified) {
    Table table = unified.table();
    for (Snapshot snapshot : table.snapshots()) {
      assertThat(Rows.read(unified, snapshot.snapshotId()))
          .as("rows of snapshot %s", snapshot)
          .isEqualTo(at(table, snapshot.snapshotId()).rows());
    }
    Set<String> ids = new HashSet<>();
    for (Snapshot s = table.currentSnapshot(); s != null; s = parent(table, s)) {
      String id = id(s);
      assertThat(ids.add(id)).as("%s is on main once", id).isTrue();
    }
  }

  /** Returns what a table holds now. */
  Expected now(Table table) {
    return table.currentSnapshot() == null
        ? Expected.NOTHING
        : at(table, table.currentSnapshot().snapshotId());
  }

  private Expected at(Table table, @Nullable Long snapshotId) {
    if (snapshotId == null) {
      return Expected.NOTHING;
    }
    Expected expected = known.get(snapshotId);
    if (expected == null) {
      Snapshot snapshot = table.snapshot(snapshotId);
      assertThat(snapshot)
          .as("snapshot %d expired before it was remembered", snapshotId)
          .isNotNull();
      expected = effect(snapshot).apply(at(table, snapshot.parentId()));
      known.put(snapshotId, expected);
    }
    return expected;
  }

  private UnaryOperator<Expected> effect(Snapshot snapshot) {
    return promises.getOrDefault(id(snapshot), UnaryOperator.identity());
  }

  private static String id(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    String runId = summary.get("tidemark.run-id");
    return runId != null
        ? runId
        : summary.getOrDefault("tidemark.commit-id", Long.toString(snapshot.snapshotId()));
  }

  private static @Nullable Snapshot parent(Table table, Snapshot snapshot) {
    return snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
  }
}
