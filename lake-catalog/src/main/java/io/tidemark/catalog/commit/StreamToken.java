package io.tidemark.catalog.commit;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the table remembers of a stream: the head of its chain of publishes.
 *
 * @param streamId the configured id of the stream
 * @param commitId the id of the last publish that landed, or of a take-over since
 * @param snapshotId the snapshot that wrote the token
 * @param sequenceNumber the sequence number of that snapshot
 * @param watermark the watermark the table is complete to, or null before the first event
 * @param positions the source positions the table is complete to, empty where they did not fit
 */
public record StreamToken(
    String streamId,
    String commitId,
    long snapshotId,
    long sequenceNumber,
    @Nullable Instant watermark,
    Map<String, String> positions)
    implements Serializable {

  public StreamToken {
    positions = Map.copyOf(positions);
  }
}
