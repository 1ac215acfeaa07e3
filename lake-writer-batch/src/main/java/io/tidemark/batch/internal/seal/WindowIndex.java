package io.tidemark.batch.internal.seal;

import io.tidemark.catalog.window.Window;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** Finds the window that holds a period, among ascending and adjacent ones. */
final class WindowIndex implements Serializable {

  /** What {@link #find} answers for a period in none of the windows. */
  static final int OUTSIDE = -1;

  private static final long serialVersionUID = 1L;

  private final List<Window> windows;
  private final long[] starts;
  private final long end;

  WindowIndex(List<Window> windows) {
    this.windows = List.copyOf(windows);
    this.starts = windows.stream().mapToLong(Window::loMicros).toArray();
    this.end = windows.get(windows.size() - 1).hiMicros();
  }

  /** Returns the position of the window that holds a period in microseconds from the epoch. */
  int find(long micros) {
    if (micros < starts[0] || micros >= end) {
      return OUTSIDE;
    }
    int found = Arrays.binarySearch(starts, micros);
    return found >= 0 ? found : -found - 2;
  }

  Window window(int position) {
    return windows.get(position);
  }

  int size() {
    return starts.length;
  }
}
