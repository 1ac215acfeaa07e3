package io.tidemark.stream.internal;

import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Forms one publish per checkpoint and commits it once the checkpoint is complete. */
public final class PublishSink
    implements Sink<Piece>, SupportsWriterState<Piece, Chain>, SupportsCommitter<StreamCommit> {

  private static final long serialVersionUID = 1L;

  private final StreamPlan plan;

  public PublishSink(StreamPlan plan) {
    this.plan = plan;
  }

  @Override
  public PublishWriter createWriter(WriterInitContext context) {
    return PublishWriter.start(plan, context);
  }

  @Override
  public PublishWriter restoreWriter(WriterInitContext context, Collection<Chain> recovered) {
    return recovered.isEmpty()
        ? PublishWriter.start(plan, context)
        : PublishWriter.restore(plan, context, recovered.iterator().next());
  }

  @Override
  public Committer<StreamCommit> createCommitter(CommitterInitContext context) {
    return new PublishCommitter(plan, context);
  }

  @Override
  public SimpleVersionedSerializer<Chain> getWriterStateSerializer() {
    return new JavaSerializer<>();
  }

  @Override
  public SimpleVersionedSerializer<StreamCommit> getCommittableSerializer() {
    return new JavaSerializer<>();
  }
}
