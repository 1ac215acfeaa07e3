package io.tidemark.stream.internal;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.Publish.SideRows;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what all tasks hand over before a barrier and forms one publish of it, the next in the
 * stream's chain. It runs once, so the watermark it sees is the least of all tasks.
 *
 * <p>Nothing new makes no publish, unless the watermark has crossed a window's edge: a seal waits
 * for that.
 */
final class PublishWriter
    implements StatefulSinkWriter<Piece, Chain>, CommittingSinkWriter<Piece, StreamCommit> {

  private static final long NO_CHECKPOINT = -1;

  private final StreamPlan plan;
  private final OpenTable open;
  private final Aside aside;
  private final long restoredFrom;
  private Gathered gathered;
  private String commitId = UUID.randomUUID().toString();
  private Chain chain;
  private boolean reimage;

  private PublishWriter(
      StreamPlan plan, OpenTable open, WriterInitContext context, Chain chain, boolean reimage) {
    this.plan = plan;
    this.open = open;
    this.aside = new Aside(plan, open.table(), context);
    this.restoredFrom = context.getRestoredCheckpointId().orElse(NO_CHECKPOINT);
    this.gathered = new Gathered(plan.contract().layout());
    this.chain = chain;
    this.reimage = reimage;
  }

  /** Starts a stream that has no state: its first run ever, or one that took it over. */
  static PublishWriter start(StreamPlan plan, WriterInitContext context) {
    OpenTable open = new OpenTable(plan.loader());
    if (plan.takenOver() == null) {
      refuseForgottenState(plan, open.table());
    }
    return new PublishWriter(plan, open, context, Chain.startingFrom(plan), false);
  }

  /** Goes on from a checkpoint; images are published anew. */
  static PublishWriter restore(StreamPlan plan, WriterInitContext context, Chain chain) {
    boolean images = plan.contract().layout() == OpenLayout.CELLS;
    return new PublishWriter(plan, new OpenTable(plan.loader()), context, chain, images);
  }

  @Override
  public void write(Piece piece, Context context) throws IOException {
    if (piece instanceof Flush flush) {
      gathered.add(flush);
      chain = chain.reaching(flush.positions());
    } else if (piece instanceof Piece.LateRow late) {
      aside.late(late, commitId);
    } else if (piece instanceof Piece.DeadRow dead) {
      aside.dead(dead.letter());
    }
  }

  /** The end of a bounded input is no moment in time. */
  @Override
  public void writeWatermark(Watermark watermark) {
    if (watermark.getTimestamp() != Long.MAX_VALUE) {
      chain = chain.reaching(Instant.ofEpochMilli(watermark.getTimestamp()));
    }
  }

  @Override
  public void flush(boolean endOfInput) {
    // Pieces are complete as they come.
  }

  @Override
  public Collection<StreamCommit> prepareCommit() throws IOException {
    SideRows late = aside.completeLate(gathered.dropped(), gathered.covered());
    SideRows dead = aside.completeDead();
    if (!reimage && gathered.isEmpty() && isNothing(late) && isNothing(dead) && !crossedEdge()) {
      return List.of();
    }
    Publish publish =
        new Publish(
            plan.streamId(),
            commitId,
            chain.parents(),
            gathered.cells(reimage),
            reimage,
            gathered.frozenBefore(),
            late,
            dead,
            chain.watermark(),
            chain.writtenPositions());
    chain = chain.with(commitId);
    commitId = UUID.randomUUID().toString();
    gathered = new Gathered(plan.contract().layout());
    reimage = false;
    return List.of(new StreamCommit(publish, restoredFrom));
  }

  @Override
  public List<Chain> snapshotState(long checkpointId) {
    return List.of(chain);
  }

  @Override
  public void close() throws Exception {
    aside.close();
    open.close();
  }

  private boolean crossedEdge() {
    Instant reached = chain.watermark();
    @Nullable Instant published = chain.published();
    return reached != null
        && (published == null
            || !plan.contract().window().containing(published).contains(Window.micros(reached)));
  }

  private static boolean isNothing(SideRows rows) {
    return rows.rows() == 0 && rows.dropped() == 0 && rows.covered() == 0;
  }

  private static void refuseForgottenState(StreamPlan plan, UnifiedTable table) {
    if (table.state().token(plan.streamId()).isPresent()) {
      throw new SuppressRestartsException(
          new RefusedException(
              "Cannot start stream %s of %s without its state: it has published before. Restore it from its last checkpoint or savepoint, or take it over explicitly"
                  .formatted(plan.streamId(), plan.loader().table())));
    }
  }
}
