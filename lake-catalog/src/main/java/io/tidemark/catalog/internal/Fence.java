package io.tidemark.catalog.internal;

import java.util.Map;

/**
 * An empty commit that makes attempts on the same base impossible. It changes no state, so that
 * whoever looks for a rewritten history or a foreign write finds it as before.
 */
final class Fence {

  private Fence() {}

  static <R> Step.Commit<R> step(R result) {
    return new Step.Commit<>(
        tx -> tx.newFastAppend(),
        Map.of(Keys.WRITER, Writer.FENCE.toString()),
        snapshot -> Map.of(),
        snapshot -> result);
  }
}
