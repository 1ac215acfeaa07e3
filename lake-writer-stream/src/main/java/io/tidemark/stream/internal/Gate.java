package io.tidemark.stream.internal;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.contract.LatePolicy;
import io.tidemark.stream.DeadLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * Lets contributions through to their cells and puts the others aside by the contract's policy.
 *
 * <p>What it knows of the table is as of the barrier before. Correctness does not rest on that: a
 * commit leaves out cells of windows that closed meanwhile, and counts what was in them.
 */
final class Gate implements AutoCloseable {

  private final StreamPlan plan;
  private final OpenTable open;
  private final Admission admission;
  private final Consumer<Piece> aside;
  private final RowBytes bytes;
  private final Counter late;
  private final Counter dropped;
  private final Counter covered;
  private @Nullable Instant committed;
  private long droppedSinceBarrier;
  private long coveredSinceBarrier;

  Gate(StreamPlan plan, MetricGroup metrics, Consumer<Piece> aside) {
    this.plan = plan;
    this.open = new OpenTable(plan.loader());
    this.committed = open.committed(plan.streamId());
    this.admission = new Admission(plan.contract(), plan.source());
    this.aside = aside;
    this.bytes = new RowBytes(plan.source());
    this.late = metrics.counter("lateRows");
    this.dropped = metrics.counter("droppedRows");
    this.covered = metrics.counter("coveredRows");
  }

  UnifiedTable table() {
    return open.table();
  }

  /**
   * Returns the cell of a row, or null where it was put aside.
   *
   * @param watermark that of the task, which may be behind the table's after a restart or where the
   *     task was idle
   */
  @Nullable Cell admit(RowData row, @Nullable Instant watermark, Instant now) throws IOException {
    if (row.getRowKind() != RowKind.INSERT) {
      throw new InvalidRequestException(
          "Cannot take a %s row into %s: contributions are insert-only"
              .formatted(row.getRowKind(), plan.loader().table()));
    }
    Instant reached = Admission.later(watermark, committed);
    Verdict verdict = admission.judge(row, open.table().state(), reached, now);
    if (verdict instanceof Verdict.Admitted admitted) {
      return admitted.cell();
    }
    if (verdict instanceof Verdict.PutAside put) {
      putAside(row, put.reason());
    } else if (verdict instanceof Verdict.Covered) {
      covered.inc();
      coveredSinceBarrier++;
    } else if (verdict instanceof Verdict.Unreadable unreadable) {
      aside.accept(new Piece.DeadRow(letter(row, unreadable.reason())));
    }
    return null;
  }

  /** Hands over what was counted since the last barrier, and looks at the table anew. */
  void atBarrier() {
    if (droppedSinceBarrier > 0 || coveredSinceBarrier > 0) {
      aside.accept(Flush.ofUnkept(droppedSinceBarrier, coveredSinceBarrier));
      droppedSinceBarrier = 0;
      coveredSinceBarrier = 0;
    }
    open.table().refresh();
    committed = open.committed(plan.streamId());
  }

  private void putAside(RowData row, Verdict.Reason reason) throws IOException {
    if (reason == Verdict.Reason.LATE) {
      late.inc();
      if (plan.contract().late() == LatePolicy.DROP) {
        dropped.inc();
        droppedSinceBarrier++;
        return;
      }
    }
    aside.accept(new Piece.LateRow(bytes.write(row), reason.toString()));
  }

  /** A contribution has no raw bytes of its own: what it says is kept as text. */
  private DeadLetter letter(RowData row, String reason) {
    byte[] payload = new RowText(plan.source()).of(row).getBytes(StandardCharsets.UTF_8);
    return new DeadLetter(payload, reason, null, null, null);
  }

  @Override
  public void close() {
    open.close();
  }
}
