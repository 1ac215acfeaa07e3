package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.postgres.copy.CopyRange;
import io.tidemark.batch.internal.postgres.copy.Leaf;
import io.tidemark.batch.internal.postgres.copy.PostgresTable;
import io.tidemark.batch.internal.postgres.copy.SnapshotMark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What attempts before have done of a table, in terms of the relations it has now. */
final class TakeOver {

  private final Map<String, Leaf> leaves;
  private final SnapshotMark now;

  TakeOver(PostgresTable relation, SnapshotMark now) {
    this.leaves =
        relation.leaves().stream()
            .filter(leaf -> leaf.identity() != null)
            .collect(
                Collectors.toMap(
                    leaf -> Objects.requireNonNull(leaf.identity()), Function.identity()));
    this.now = now;
  }

  /**
   * Returns the entries that may still hold, the newest where there are several, with their ranges.
   * Whether they do hold is for the reader to see.
   */
  Map<JournalEntry, List<CopyRange>> of(List<JournalEntry> entries) {
    Map<JournalEntry, List<CopyRange>> chosen = new LinkedHashMap<>();
    List<JournalEntry> newestFirst = new ArrayList<>(entries);
    newestFirst.sort(Comparator.comparingLong((JournalEntry e) -> e.mark().next()).reversed());
    for (JournalEntry entry : newestFirst) {
      boolean mayHold =
          now.follows(entry.mark())
              && entry.ranges().stream().allMatch(range -> leaves.containsKey(range.leaf()))
              && chosen.keySet().stream().noneMatch(entry::overlaps);
      if (mayHold) {
        chosen.put(entry, entry.ranges().stream().map(this::range).toList());
      }
    }
    return chosen;
  }

  private CopyRange range(JournalEntry.Range range) {
    return CopyRange.of(leaves.get(range.leaf()), range.fromPage(), range.toPage());
  }
}
