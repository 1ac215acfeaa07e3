package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.StreamToken;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/** What a snapshot's summary tells of the stream that wrote it. */
final class Summaries {

  /** The characters within which positions are repeated in a summary. */
  private static final int POSITIONS_LIMIT = 1_024;

  private Summaries() {}

  /** Returns the summary of a commit that goes on from a stream's token, whoever wrote it. */
  static Map<String, String> succession(Writer writer, Base base, String streamId) {
    Map<String, String> summary = new HashMap<>();
    summary.put(Keys.WRITER, writer.toString());
    summary.put(Keys.STREAM_ID, streamId);
    base.state()
        .token(streamId)
        .ifPresent(
            token -> {
              summary.put(Keys.PARENTS, token.commitId());
              putProgress(summary, token.watermark(), token.positions());
            });
    putReplaced(summary, base, Keys.STREAM_PREFIX + streamId);
    return summary;
  }

  /** Adds how far the stream had come. */
  static void putProgress(
      Map<String, String> summary, @Nullable Instant watermark, Map<String, String> positions) {
    if (watermark != null) {
      summary.put(Keys.WATERMARK, watermark.toString());
    }
    String text = StateCodec.positions(positions);
    if (!positions.isEmpty() && text.length() <= POSITIONS_LIMIT) {
      summary.put(Keys.POSITIONS, text);
    }
  }

  /** Adds the property that the commit replaces, if there is one. */
  static void putReplaced(Map<String, String> summary, Base base, String key) {
    String replaced = base.metadata().property(key, null);
    if (replaced != null) {
      summary.put(Keys.REPLACED, replaced);
    }
  }

  /** Returns the commit ids that a publish accepted, or the one that a take-over found. */
  static Set<String> parents(Snapshot snapshot) {
    String parents = snapshot.summary().getOrDefault(Keys.PARENTS, "");
    return parents.isEmpty() ? Set.of() : Set.of(parents.split(",", -1));
  }

  /** Returns the stream's token as it was before a commit, with all that it held. */
  static StreamToken replaced(Snapshot snapshot, String streamId) {
    String replaced = snapshot.summary().get(Keys.REPLACED);
    return replaced == null
        ? StreamToken.none(streamId)
        : StateCodec.token(streamId, Json.parse(Keys.REPLACED, replaced));
  }

  /** Returns the token that a publish or a take-over left, if the snapshot is one. */
  static Optional<StreamToken> token(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    String streamId = summary.get(Keys.STREAM_ID);
    if (streamId == null) {
      return Optional.empty();
    }
    String watermark = summary.get(Keys.WATERMARK);
    String positions = summary.get(Keys.POSITIONS);
    return Optional.of(
        new StreamToken(
            streamId,
            summary.get(Keys.COMMIT_ID),
            snapshot.snapshotId(),
            snapshot.sequenceNumber(),
            snapshot.sequenceNumber(),
            watermark == null ? null : Instant.parse(watermark),
            positions == null
                ? Map.of()
                : StateCodec.decodePositions(Json.parse(Keys.POSITIONS, positions)),
            Writer.RETIREMENT.toString().equals(summary.get(Keys.WRITER))));
  }
}
