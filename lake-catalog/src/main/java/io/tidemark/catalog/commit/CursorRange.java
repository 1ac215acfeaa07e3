package io.tidemark.catalog.commit;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a source whose cursor is in a half-open range.
 *
 * @param lo the first value, as the source orders and writes them; null for from the beginning
 * @param hi the value that the range ends before
 */
public record CursorRange(@Nullable String lo, String hi) implements Serializable {

  /** Shows the range, for people. */
  @Override
  public String toString() {
    return "[%s, %s)".formatted(lo == null ? "the beginning" : lo, hi);
  }
}
