package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Anchor;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.TableContract;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/** An empty commit that makes a run without state the owner of a stream. */
final class TakeOverIntent implements CommitIntent<StreamToken> {

  private final TableContract contract;
  private final String streamId;
  private final String commitId;
  private @Nullable StreamToken planned;

  TakeOverIntent(TableContract contract, String streamId, String commitId) {
    this.contract = contract;
    this.streamId = streamId;
    this.commitId = commitId;
  }

  @Override
  public String commitId() {
    return commitId;
  }

  @Override
  public Step<StreamToken> plan(Base base) {
    base.checkLayout(contract);
    ForeignWrites foreign = new ForeignWrites(base);
    foreign.checkOpenWindows();
    AttentionList attention = new AttentionList(base.state().attention()).add(foreign.attention());
    Chain chain = new Chain(base, streamId);
    chain.checkOwner(true);
    StreamToken before = chain.heritage().orElse(StreamToken.none(streamId));
    planned = before;
    return new Step.Commit<>(
        tx -> tx.newFastAppend(),
        Summaries.succession(Writer.TAKE_OVER, base, streamId),
        snapshot ->
            Map.of(
                Keys.STREAM_PREFIX + streamId,
                StateCodec.encode(token(snapshot, before)),
                Keys.ATTENTION,
                StateCodec.encode(attention.entries())),
        snapshot -> token(snapshot, before));
  }

  private StreamToken token(Snapshot snapshot, StreamToken before) {
    Anchor anchor = new Anchor(snapshot.snapshotId(), snapshot.sequenceNumber());
    return before.fencedBy(streamId, commitId, anchor, false);
  }

  @Override
  public StreamToken landed(Snapshot snapshot) {
    return token(snapshot, planned == null ? Summaries.replaced(snapshot, streamId) : planned);
  }
}
