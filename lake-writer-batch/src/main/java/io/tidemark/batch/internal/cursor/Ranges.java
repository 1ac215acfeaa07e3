package io.tidemark.batch.internal.cursor;

import io.tidemark.catalog.commit.CursorRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Ranges of a cursor, which ascend and do not overlap. */
public final class Ranges {

  private Ranges() {}

  /** Returns ranges of which the last one ends later. */
  public static List<CursorRange> extended(List<CursorRange> ranges, String hi) {
    List<CursorRange> extended = new ArrayList<>(ranges);
    CursorRange last = extended.remove(extended.size() - 1);
    extended.add(new CursorRange(last.lo(), hi));
    return extended;
  }

  /** Returns ranges with one more, which overlaps none; neighbours become one. */
  public static List<CursorRange> with(
      List<CursorRange> ranges, CursorRange more, Comparator<String> order) {
    List<CursorRange> sorted = new ArrayList<>(ranges);
    sorted.add(more);
    sorted.sort(Comparator.comparing(CursorRange::hi, order));
    List<CursorRange> joined = new ArrayList<>();
    for (CursorRange range : sorted) {
      CursorRange before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (before != null && order.compare(before.hi(), range.lo()) == 0) {
        joined.set(joined.size() - 1, new CursorRange(before.lo(), range.hi()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /** Tells whether a value may be in both; the second has a beginning. */
  public static boolean overlap(CursorRange one, CursorRange other, Comparator<String> order) {
    return order.compare(other.lo(), one.hi()) < 0
        && (one.lo() == null || order.compare(one.lo(), other.hi()) < 0);
  }
}
