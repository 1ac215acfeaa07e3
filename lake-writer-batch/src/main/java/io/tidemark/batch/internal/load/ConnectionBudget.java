package io.tidemark.batch.internal.load;

import io.tidemark.catalog.manifest.Source;
import java.util.HashMap;
import java.util.Map;

/** How many connections to each source are open, and may be. For one thread. */
final class ConnectionBudget {

  private final Map<String, Integer> open = new HashMap<>();

  /** Tells whether as many more connections may be opened. */
  boolean allows(Source.Database source, int more) {
    return open.getOrDefault(source.name(), 0) + more <= source.connections();
  }

  void take(Source.Database source) {
    if (!allows(source, 1)) {
      throw new IllegalStateException("No connection to " + source + " is left");
    }
    open.merge(source.name(), 1, Integer::sum);
  }

  void giveBack(Source.Database source) {
    if (open.merge(source.name(), -1, Integer::sum) < 0) {
      throw new IllegalStateException("More connections to " + source + " were closed than opened");
    }
  }
}
