package io.tidemark.catalog.window;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The source positions that the latest seals of closed windows cover. Immutable. Only the newest
 * windows are kept: where a cut is forgotten, rows count as late that need not, which harms nobody.
 *
 * @param entries ascending, never overlapping
 */
public record Cuts(List<Entry> entries) implements Serializable {

  /** How many ranges of windows are kept. */
  public static final int LIMIT = 32;

  private static final Cuts NONE = new Cuts(List.of());

  /**
   * The cut of neighbouring windows.
   *
   * @param range whole windows
   * @param position the source position, as the seal's caller gave it
   */
  public record Entry(Window range, String position) implements Serializable {}

  public Cuts {
    entries = List.copyOf(entries);
  }

  /** Returns the cuts of a table whose seals named none. */
  public static Cuts none() {
    return NONE;
  }

  /** Returns the cut that covers a window, if it is known. */
  public Optional<String> of(Window window) {
    return entries.stream()
        .filter(entry -> entry.range().contains(window))
        .map(Entry::position)
        .findFirst();
  }

  /** Returns these cuts after a seal of a window up to a position. */
  public Cuts seal(Window window, String position) {
    List<Entry> sealed = new ArrayList<>(without(window).entries);
    sealed.add(new Entry(window, position));
    sealed.sort(Comparator.comparing(Entry::range));
    List<Entry> joined = join(sealed);
    return new Cuts(joined.subList(Math.max(0, joined.size() - LIMIT), joined.size()));
  }

  /** Returns these cuts without those of a range of windows. */
  public Cuts without(Window range) {
    List<Entry> kept = new ArrayList<>();
    for (Entry entry : entries) {
      entry.range().minus(range).forEach(rest -> kept.add(new Entry(rest, entry.position())));
    }
    return new Cuts(kept);
  }

  private static List<Entry> join(List<Entry> sorted) {
    List<Entry> joined = new ArrayList<>();
    for (Entry entry : sorted) {
      Entry last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null
          && last.position().equals(entry.position())
          && last.range().hi().equals(entry.range().lo())) {
        joined.set(joined.size() - 1, new Entry(last.range().span(entry.range()), last.position()));
      } else {
        joined.add(entry);
      }
    }
    return joined;
  }
}
