package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.postgres.Session;
import io.tidemark.batch.internal.postgres.copy.CopyRange;
import io.tidemark.batch.internal.postgres.copy.PostgresTable;
import io.tidemark.batch.internal.postgres.copy.SnapshotMark;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.PlainTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * The splits of a large table, which are all read in one snapshot while a session holds it.
 *
 * @param holder the session, which whoever gets this closes
 * @param splits the splits, at least one
 */
record SnapshotPlan(Session holder, List<LoadSplit> splits) {

  /** A split, before it has a number. */
  private record Part(List<CopyRange> ranges, @Nullable JournalEntry before) {}

  /**
   * Takes a snapshot of a table and cuts it: what attempts before have done as they had cut it, the
   * rest anew.
   *
   * @param readers how many tasks will read it
   */
  static SnapshotPlan of(TableLoad load, int table, int attempt, int readers) {
    Session holder = Session.openForLoad(load.source());
    try {
      String name = holder.export();
      PostgresTable relation = load.hold(holder);
      HeldSnapshot snapshot = new HeldSnapshot(name, SnapshotMark.of(holder).orElse(null));
      List<Part> parts = parts(load, relation, snapshot, readers);
      List<LoadSplit> splits = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        splits.add(
            new LoadSplit(
                table, attempt, i, parts.size(), snapshot, part.ranges(), part.before(), null));
      }
      return new SnapshotPlan(holder, splits);
    } catch (RuntimeException e) {
      holder.close();
      throw e;
    }
  }

  private static List<Part> parts(
      TableLoad load, PostgresTable relation, HeldSnapshot snapshot, int readers) {
    Map<JournalEntry, List<CopyRange>> before = begin(load, relation, snapshot);
    List<Part> parts = new ArrayList<>();
    before.forEach((entry, ranges) -> parts.add(new Part(ranges, entry)));
    List<CopyRange> beside = before.values().stream().flatMap(List::stream).toList();
    load.cut().parts(relation, beside, readers).forEach(part -> parts.add(new Part(part, null)));
    return parts.isEmpty() ? List.of(new Part(List.of(), null)) : parts;
  }

  /** Takes note in the journal that an attempt begins, and looks what those before have done. */
  private static Map<JournalEntry, List<CopyRange>> begin(
      TableLoad load, PostgresTable relation, HeldSnapshot snapshot) {
    try (OpenCatalog catalog = OpenCatalog.of(load.target().catalog())) {
      Table table = PlainTable.load(catalog.catalog(), load.target().identifier()).table();
      Journal journal = Journal.of(table, load.runId());
      journal.begin();
      return snapshot.mark() == null || !Fingerprint.isLasting(load, table)
          ? Map.of()
          : new TakeOver(relation, snapshot.mark())
              .of(journal.entries(Fingerprint.of(load, table)));
    }
  }
}
