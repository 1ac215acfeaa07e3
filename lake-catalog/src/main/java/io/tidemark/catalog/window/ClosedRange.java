package io.tidemark.catalog.window;

import java.io.Serializable;

/**
 * Neighbouring closed windows of one version.
 *
 * @param range from the first window's start to the last one's end
 * @param version 1 for windows sealed once, one more for every reseal
 * @param runId the run that sealed last within the range
 */
public record ClosedRange(Window range, int version, String runId) implements Serializable {

  public ClosedRange {
    if (version < 1) {
      throw new IllegalArgumentException("A closed range has a version of at least 1: " + version);
    }
  }

  ClosedRange over(Window part) {
    return new ClosedRange(part, version, runId);
  }
}
