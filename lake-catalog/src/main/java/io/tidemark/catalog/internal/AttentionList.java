package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Builds the list of what wants attention after a commit. A list that grows beyond its bound names
 * its windows more coarsely, and never fewer of them: the nearest entries of one reason are joined,
 * with what lies between them.
 */
final class AttentionList {

  private final List<Attention> entries = new ArrayList<>();

  AttentionList(List<Attention> entries) {
    this.entries.addAll(entries);
  }

  /** Adds entries; of two that touch for the same reason one remains, with both counts. */
  AttentionList add(List<Attention> more) {
    entries.addAll(more);
    entries.sort(Comparator.comparing(Attention::reason).thenComparing(Attention::range));
    List<Attention> joined = new ArrayList<>();
    for (Attention entry : entries) {
      Attention last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null
          && last.reason() == entry.reason()
          && !entry.range().lo().isAfter(last.range().hi())) {
        Window range = WindowRanges.join(List.of(last.range(), entry.range())).get(0);
        joined.set(
            joined.size() - 1, new Attention(range, last.reason(), last.count() + entry.count()));
      } else {
        joined.add(entry);
      }
    }
    entries.clear();
    entries.addAll(joined);
    return this;
  }

  /** Takes a range out, as a seal of it settles everything. */
  AttentionList settle(Window range) {
    List<Attention> kept = new ArrayList<>();
    for (Attention entry : entries) {
      entry
          .range()
          .minus(range)
          .forEach(rest -> kept.add(new Attention(rest, entry.reason(), entry.count())));
    }
    entries.clear();
    entries.addAll(kept);
    return this;
  }

  List<Attention> entries() {
    List<Attention> bounded = new ArrayList<>(entries);
    while (StateCodec.encode(bounded).length() > StateCodec.ATTENTION_LIMIT) {
      joinNearest(bounded);
    }
    return List.copyOf(bounded);
  }

  /** There always are two of one reason: the limit is far above one entry for each. */
  private static void joinNearest(List<Attention> sorted) {
    int nearest = 0;
    Duration least = null;
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).reason() == sorted.get(i).reason()) {
        Duration gap = Duration.between(sorted.get(i - 1).range().hi(), sorted.get(i).range().lo());
        if (least == null || gap.compareTo(least) < 0) {
          nearest = i;
          least = gap;
        }
      }
    }
    Attention first = sorted.get(nearest - 1);
    Attention second = sorted.remove(nearest);
    Window range = new Window(first.range().lo(), second.range().hi());
    sorted.set(nearest - 1, new Attention(range, first.reason(), first.count() + second.count()));
  }
}
