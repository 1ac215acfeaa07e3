package io.tidemark.catalog.commit;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the table remembers of a stream: the head of its chain of publishes.
 *
 * @param streamId the configured id of the stream
 * @param commitId the id of the last publish that landed, or of what fenced the stream since: a
 *     take-over, a retirement, a repair
 * @param snapshotId the snapshot that wrote the token
 * @param sequenceNumber the sequence number of that snapshot
 * @param publishedAt the sequence number of the last publish that landed, 0 before the first; that
 *     of the token itself unless something fenced the stream since
 * @param watermark the watermark the table is complete to, or null before the first event
 * @param positions the source positions the table is complete to, empty where they did not fit
 * @param retired whether the stream was ended for good: the token fences every run, and neither
 *     seals nor expiry wait for the stream, until a take-over
 */
public record StreamToken(
    String streamId,
    String commitId,
    long snapshotId,
    long sequenceNumber,
    long publishedAt,
    @Nullable Instant watermark,
    Map<String, String> positions,
    boolean retired)
    implements Serializable {

  public StreamToken {
    positions = Map.copyOf(positions);
  }

  /** Returns what stands for the token of a stream that has none. */
  public static StreamToken none(String streamId) {
    return new StreamToken(streamId, "", 0, 0, 0, null, Map.of(), false);
  }

  /**
   * Returns this token, as a stream's, under the id of a commit that is no publish and fences every
   * run.
   */
  public StreamToken fencedBy(String stream, String fence, Anchor anchor, boolean nowRetired) {
    return new StreamToken(
        stream,
        fence,
        anchor.snapshotId(),
        anchor.sequenceNumber(),
        publishedAt,
        watermark,
        positions,
        nowRetired);
  }
}
