package io.tidemark.batch.internal.postgres.copy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Part of a leaf: its rows in some of its pages.
 *
 * @param leaf the relation
 * @param fromPage the first page
 * @param toPage the page after the last one; {@link #OPEN} for all pages there are by then
 * @param bytes about how many bytes it takes in the database
 */
public record CopyRange(Leaf leaf, long fromPage, long toPage, long bytes) implements Serializable {

  public static final long OPEN = Long.MAX_VALUE;

  /** Returns all of a leaf. */
  static CopyRange whole(Leaf leaf) {
    return new CopyRange(leaf, 0, OPEN, leaf.bytes());
  }

  /** Returns some pages of a leaf, with their share of its bytes. */
  public static CopyRange of(Leaf leaf, long fromPage, long toPage) {
    long pages = Math.max(0, Math.min(toPage, leaf.pages()) - fromPage);
    long bytes = leaf.pages() == 0 ? leaf.bytes() : leaf.bytes() / leaf.pages() * pages;
    return new CopyRange(leaf, fromPage, toPage, bytes);
  }

  /** Returns the condition on the rows of the range, if there is one. */
  String where() {
    List<String> conditions = conditions();
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    if (fromPage > 0) {
      conditions.add("ctid >= " + firstOf(fromPage));
    }
    if (toPage != OPEN) {
      conditions.add("ctid < " + firstOf(toPage));
    }
    return conditions;
  }

  private static String firstOf(long page) {
    return "CAST('(%d,0)' AS tid)".formatted(page);
  }

  @Override
  public String toString() {
    return "%s pages %d to %s"
        .formatted(leaf.from(), fromPage, toPage == OPEN ? "the end" : toPage);
  }
}
