package io.tidemark.catalog.commit;

import io.tidemark.catalog.window.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/**
 * One commit in which the batch takes over windows, or corrects windows it already owns.
 *
 * @param plan what the seal was planned against
 * @param files the batch's rows, one row per period and key, every file within one window
 * @param cut the source position that the seal covers, e.g. a timestamp or an LSN, or null
 * @param allowed what the caller explicitly allows
 */
public record Seal(SealPlan plan, List<DataFile> files, @Nullable String cut, Set<Allow> allowed) {

  /** What a seal does only on the caller's explicit word. */
  public enum Allow {
    /** Taking all rows out of a window that has some. */
    EMPTY_WINDOW,
    /** Leaving a window with less than half of the rows it had. */
    SHRINK,
    /** Closing a window that the stream's committed watermark has not passed. */
    AHEAD_OF_WATERMARK
  }

  public Seal {
    files = List.copyOf(files);
    allowed = allowed.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(allowed));
  }

  /** Returns the range from the first window to the last. */
  public Window range() {
    List<Window> windows = plan.windows();
    return new Window(windows.get(0).lo(), windows.get(windows.size() - 1).hi());
  }
}
