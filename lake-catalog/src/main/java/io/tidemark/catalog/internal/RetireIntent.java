package io.tidemark.catalog.internal;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.Anchor;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.StreamToken;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.Snapshot;

/**
 * An empty commit that ends a stream. Its token stays: a run that never published, or whose publish
 * has expired from main, could not be told from a new stream without it.
 */
final class RetireIntent implements CommitIntent<StreamToken> {

  private final String commitId = UUID.randomUUID().toString();
  private final String streamId;
  private final Instant silentSince;

  /**
   * @param silentSince the instant since which the stream must not have published
   */
  RetireIntent(String streamId, Instant silentSince) {
    this.streamId = streamId;
    this.silentSince = silentSince;
  }

  @Override
  public String commitId() {
    return commitId;
  }

  @Override
  public Step<StreamToken> plan(Base base) {
    StreamToken last = base.state().token(streamId).orElseThrow(() -> unknown(base));
    if (last.retired()) {
      return new Step.Done<>(last);
    }
    checkSilent(base, last);
    AttentionList attention =
        new AttentionList(base.state().attention()).add(new ForeignWrites(base).attention());
    return new Step.Commit<>(
        tx -> tx.newFastAppend(),
        Summaries.succession(Writer.RETIREMENT, base, streamId),
        snapshot ->
            Map.of(
                Keys.STREAM_PREFIX + streamId,
                StateCodec.encode(retired(last, snapshot)),
                Keys.ATTENTION,
                StateCodec.encode(attention.entries())),
        snapshot -> retired(last, snapshot));
  }

  private InvalidRequestException unknown(Base base) {
    return new InvalidRequestException(
        "Cannot retire stream %s of %s: it never published. Streams of the table: %s"
            .formatted(
                streamId, base.name(), base.state().tokens().keySet().stream().sorted().toList()));
  }

  private void checkSilent(Base base, StreamToken last) {
    Snapshot snapshot = base.metadata().snapshot(last.snapshotId());
    if (snapshot == null) {
      return;
    }
    Instant published = Instant.ofEpochMilli(snapshot.timestampMillis());
    if (published.isAfter(silentSince)) {
      throw new RefusedException(
          "Cannot retire stream %s of %s: it published at %s, so that it may be running. Stop it and wait, or say that it is to end even if it is alive. Nothing was committed."
              .formatted(streamId, base.name(), published));
    }
  }

  private StreamToken retired(StreamToken last, Snapshot snapshot) {
    Anchor anchor = new Anchor(snapshot.snapshotId(), snapshot.sequenceNumber());
    return last.fencedBy(streamId, commitId, anchor, true);
  }

  @Override
  public StreamToken landed(Snapshot snapshot) {
    return retired(Summaries.replaced(snapshot, streamId), snapshot);
  }
}
