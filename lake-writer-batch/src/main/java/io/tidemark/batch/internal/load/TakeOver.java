package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What attempts before have done of a table, in terms of what it is now. */
final class TakeOver {

  private TakeOver() {}

  /**
   * Returns the entries that may still hold, the newest where there are several, with their ranges.
   * Whether they do hold is for the reader to see.
   */
  static Map<JournalEntry, List<SourceRange>> of(SourceTable relation, List<JournalEntry> entries) {
    Map<JournalEntry, List<SourceRange>> chosen = new LinkedHashMap<>();
    List<JournalEntry> newestFirst = new ArrayList<>(entries);
    newestFirst.sort(Comparator.comparingLong(JournalEntry::writtenAt).reversed());
    for (JournalEntry entry : newestFirst) {
      List<SourceRange> ranges =
          entry.ranges().stream()
              .map(range -> relation.range(range.text()))
              .flatMap(Optional::stream)
              .toList();
      if (ranges.size() == entry.ranges().size() && !overlap(ranges, chosen.values())) {
        chosen.put(entry, ranges);
      }
    }
    return chosen;
  }

  private static boolean overlap(List<SourceRange> ranges, Collection<List<SourceRange>> chosen) {
    return chosen.stream()
        .flatMap(List::stream)
        .anyMatch(other -> ranges.stream().anyMatch(other::overlaps));
  }
}
