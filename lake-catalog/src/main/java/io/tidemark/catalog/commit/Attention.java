package io.tidemark.catalog.commit;

import io.tidemark.catalog.window.Window;
import java.util.Locale;

/**
 * Something about a range of windows that a seal or reseal settles.
 *
 * @param range whole windows
 * @param reason why they want one
 * @param count the rows or events concerned, 0 where that is unknown
 */
public record Attention(Window range, Reason reason, long count) {

  /** Why a window wants a seal or reseal. */
  public enum Reason {
    /** Events were left out of a publish because the window closed meanwhile. */
    LATE,
    /** Somebody else wrote into the window; a stream stops before an open one. */
    FOREIGN_WRITE,
    /** A foreign write that {@code repair} acknowledged. */
    ACKNOWLEDGED,
    /** The table was rolled back or replaced behind the window's last commit. */
    HISTORY_REWRITTEN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
