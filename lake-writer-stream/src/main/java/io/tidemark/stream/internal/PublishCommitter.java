package io.tidemark.stream.internal;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.PublishResult;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.contract.LatePolicy;
import io.tidemark.catalog.contract.OpenLayout;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits publishes once their checkpoint is complete.
 *
 * <p>A publish that a restored job finds in its checkpoint may have landed or not. In {@code
 * events} it is committed under its own id, which happens once. In {@code cells} its images are
 * {@linkplain Withdrawal withdrawn}. A guard's refusal ends the job: no restart can help.
 */
final class PublishCommitter implements Committer<StreamCommit> {

  private static final Logger LOG = LoggerFactory.getLogger(PublishCommitter.class);
  private static final long NO_CHECKPOINT = -1;

  private final OpenTable open;
  private final Withdrawal withdrawal;
  private final EventFiles events;
  private final LatePolicy late;
  private final boolean images;
  private final long restoredFrom;
  private final Counter publishes;
  private final Counter leftOut;

  PublishCommitter(StreamPlan plan, CommitterInitContext context) {
    this.open = new OpenTable(plan.loader());
    this.withdrawal = new Withdrawal(open.table());
    this.events = new EventFiles(open.table(), plan, context.getTaskInfo());
    this.late = plan.contract().late();
    this.images = plan.contract().layout() == OpenLayout.CELLS;
    this.restoredFrom = context.getRestoredCheckpointId().orElse(NO_CHECKPOINT);
    this.publishes = context.metricGroup().counter("publishes");
    this.leftOut = context.metricGroup().counter("contributionsLeftOut");
  }

  @Override
  public void commit(Collection<CommitRequest<StreamCommit>> requests) {
    for (CommitRequest<StreamCommit> request : requests) {
      try {
        commit(request.getCommittable());
      } catch (RefusedException | HistoryRewrittenException | InvalidRequestException e) {
        throw new SuppressRestartsException(e);
      }
    }
  }

  private void commit(StreamCommit commit) {
    PublishResult result = images ? commitImages(commit) : commitEvents(commit.publish());
    publishes.inc();
    leftOut.inc(result.contributionsLeftOut());
    LOG.info("Published {} as snapshot {}", commit.publish().commitId(), result.snapshotId());
  }

  private PublishResult commitImages(StreamCommit commit) {
    boolean recovered = commit.restoredFrom() < restoredFrom;
    return open.table()
        .publish(
            recovered
                ? withdrawal.withdraw(commit.publish())
                : withdrawal.complete(commit.publish()));
  }

  private PublishResult commitEvents(Publish publish) {
    return late == LatePolicy.QUARANTINE
        ? open.table().publish(publish, events.of(publish.commitId()))
        : open.table().publish(publish);
  }

  @Override
  public void close() throws Exception {
    open.close();
  }
}
