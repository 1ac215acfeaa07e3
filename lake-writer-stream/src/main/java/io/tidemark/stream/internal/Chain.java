package io.tidemark.stream.internal;

import io.tidemark.catalog.commit.StreamToken;
import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream's chain of publishes stands.
 *
 * @param head the id of the last publish that was formed; before the first that of what the stream
 *     goes on from, or null
 * @param published the watermark that publish carries, or null
 * @param watermark the watermark the stream has reached, or null before the first
 * @param positions the source positions the stream has reached, by partition
 */
public record Chain(
    @Nullable String head,
    @Nullable Instant published,
    @Nullable Instant watermark,
    Map<String, Long> positions)
    implements Serializable {

  public Chain {
    positions = Map.copyOf(positions);
  }

  /** Returns the chain of a stream that starts without state. */
  static Chain startingFrom(StreamPlan plan) {
    StreamToken token = plan.takenOver();
    return token == null
        ? new Chain(plan.reopened(), null, null, Map.of())
        : new Chain(token.commitId(), token.watermark(), token.watermark(), offsets(token));
  }

  Set<String> parents() {
    return head == null ? Set.of() : Set.of(head);
  }

  /** Returns this chain after a publish was formed. */
  Chain with(String commitId) {
    return new Chain(commitId, watermark, watermark, positions);
  }

  /** Watermarks never go back, not even where a source is read again. */
  Chain reaching(Instant next) {
    return watermark != null && !next.isAfter(watermark)
        ? this
        : new Chain(head, published, next, positions);
  }

  Chain reaching(Map<String, Long> further) {
    Map<String, Long> merged = new HashMap<>(positions);
    further.forEach((partition, next) -> merged.merge(partition, next, Math::max));
    return new Chain(head, published, watermark, merged);
  }

  /** Returns the positions as the table keeps them. */
  Map<String, String> writtenPositions() {
    Map<String, String> written = new HashMap<>();
    positions.forEach((partition, next) -> written.put(partition, Long.toString(next)));
    return written;
  }

  private static Map<String, Long> offsets(StreamToken token) {
    Map<String, Long> offsets = new HashMap<>();
    token.positions().forEach((partition, next) -> offsets.put(partition, Long.valueOf(next)));
    return offsets;
  }
}
