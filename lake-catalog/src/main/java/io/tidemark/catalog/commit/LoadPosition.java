package io.tidemark.catalog.commit;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the loads of a table have come in their source.
 *
 * @param terms what the loads ask for
 * @param ranges what was loaded, by the cursor, at least one: ascending, no two of them overlap
 * @param mark what the source has to know beside the end of the last range, in its own form; null
 *     for nothing
 */
public record LoadPosition(LoadTerms terms, List<CursorRange> ranges, @Nullable String mark)
    implements Serializable {

  public LoadPosition {
    ranges = List.copyOf(ranges);
  }

  /** Returns the value that the next load begins at. */
  public String through() {
    return ranges.get(ranges.size() - 1).hi();
  }
}
