package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.Databases;
import io.tidemark.batch.internal.load.Reading.Kind;
import io.tidemark.batch.internal.source.SharedSnapshot;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.PlainTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * The splits of a large table.
 *
 * @param holder holds the snapshot that all of them are read in, until whoever gets this closes it;
 *     null where the readers have snapshots of their own
 * @param splits the splits, at least one
 */
record SplitPlan(@Nullable SourceSession holder, List<LoadSplit> splits) {

  /** A split, before it has a number. */
  private record Part(List<SourceRange> ranges, @Nullable JournalEntry before) {}

  /**
   * Cuts a table: what attempts before have done as they had cut it, the rest anew.
   *
   * @param reading how it will be read
   */
  static SplitPlan of(TableLoad load, int table, int attempt, Reading reading) {
    SourceSession session = Databases.openForLoad(load.source());
    try {
      SharedSnapshot snapshot =
          reading.kind() == Kind.SHARED ? session.share().orElseThrow() : null;
      List<Part> parts = parts(load, session, reading);
      List<LoadSplit> splits = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        splits.add(
            new LoadSplit(
                table,
                attempt,
                i,
                parts.size(),
                reading.kind(),
                snapshot,
                part.ranges(),
                part.before(),
                null));
      }
      if (snapshot == null) {
        session.close();
        return new SplitPlan(null, splits);
      }
      return new SplitPlan(session, splits);
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  private static List<Part> parts(TableLoad load, SourceSession session, Reading reading) {
    SourceTable relation = load.hold(session);
    Map<JournalEntry, List<SourceRange>> before = begin(load, relation);
    List<Part> parts = new ArrayList<>();
    before.forEach((entry, ranges) -> parts.add(new Part(ranges, entry)));
    List<SourceRange> beside = before.values().stream().flatMap(List::stream).toList();
    load.cut()
        .parts(session, relation, beside, reading)
        .forEach(part -> parts.add(new Part(part, null)));
    return parts.isEmpty() ? List.of(new Part(List.of(), null)) : parts;
  }

  /**
   * Takes note in the journal that an attempt begins, and looks what those before have done. Files
   * that a snapshot has are not taken over, as they may go when it expires: where an attempt landed
   * and was rolled back, or where its commit is forgotten.
   */
  private static Map<JournalEntry, List<SourceRange>> begin(TableLoad load, SourceTable relation) {
    try (OpenCatalog catalog = OpenCatalog.of(load.loader().catalog())) {
      PlainTable plain = PlainTable.load(catalog.catalog(), load.loader().identifier());
      Table table = plain.table();
      Journal journal = Journal.of(table, load.runId());
      journal.begin();
      return Fingerprint.isLasting(load, table)
          ? TakeOver.of(relation, unnamed(table, journal.entries(Fingerprint.of(load, table))))
          : Map.of();
    }
  }

  private static List<JournalEntry> unnamed(Table table, List<JournalEntry> entries) {
    if (entries.isEmpty()) {
      return entries;
    }
    NamedFiles named = NamedFiles.of(table);
    return entries.stream()
        .filter(entry -> entry.files().stream().noneMatch(file -> named.has(file.location())))
        .toList();
  }
}
