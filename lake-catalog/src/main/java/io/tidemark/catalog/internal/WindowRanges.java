package io.tidemark.catalog.internal;

import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Windows as a short text of ranges, {@code lo/hi,lo/hi}, and back. */
public final class WindowRanges {

  private WindowRanges() {}

  /** Joins windows that touch, ascending. */
  static List<Window> join(Collection<Window> windows) {
    List<Window> joined = new ArrayList<>();
    for (Window window : windows.stream().sorted().toList()) {
      Window last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && !window.lo().isAfter(last.hi())) {
        Instant hi = window.hi().isAfter(last.hi()) ? window.hi() : last.hi();
        joined.set(joined.size() - 1, new Window(last.lo(), hi));
      } else {
        joined.add(window);
      }
    }
    return joined;
  }

  /** Returns the text of windows. */
  public static String encode(Collection<Window> windows) {
    return join(windows).stream().map(w -> w.lo() + "/" + w.hi()).collect(Collectors.joining(","));
  }

  /** Returns the ranges of a text. */
  public static List<Window> decode(String text) {
    List<Window> ranges = new ArrayList<>();
    for (String range : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int slash = range.indexOf('/');
      ranges.add(
          new Window(
              Instant.parse(range.substring(0, slash)), Instant.parse(range.substring(slash + 1))));
    }
    return ranges;
  }
}
