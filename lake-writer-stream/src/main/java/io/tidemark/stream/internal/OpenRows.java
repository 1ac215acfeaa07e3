package io.tidemark.stream.internal;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.contract.TableContract;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.CombinedScanTask;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/** The rows of a table's open windows at the snapshot of a token, as contributions. */
final class OpenRows {

  private final UnifiedTable table;
  private final StreamPlan plan;
  private final StreamToken token;

  private OpenRows(UnifiedTable table, StreamPlan plan, StreamToken token) {
    this.table = table;
    this.plan = plan;
    this.token = token;
  }

  static OpenRows at(StreamToken token, UnifiedTable table, StreamPlan plan) {
    return new OpenRows(table, plan, token);
  }

  /** Takes every row of a window that is open and not frozen. */
  <E extends Exception> void forEach(Taker<E> taker) throws IOException, E {
    Admission admission = new Admission(plan.contract(), plan.source());
    TableState state = table.state();
    Instant anyTime = Instant.MAX.minus(plan.contract().allowedSkew());
    TableRows rows = new TableRows(table.table(), plan.source());
    try (CloseableIterable<CombinedScanTask> tasks = scan().planTasks()) {
      for (CombinedScanTask task : tasks) {
        rows.forEach(
            task,
            row -> {
              if (admission.judge(row, state, token.watermark(), anyTime)
                  instanceof Verdict.Admitted admitted) {
                taker.take(admitted.cell(), row);
              }
            });
      }
    }
  }

  /** A file is the stream's as a whole, or not at all. */
  private TableScan scan() {
    return table
        .table()
        .newScan()
        .useSnapshot(token.snapshotId())
        .filter(Expressions.equal(TableContract.IS_FINAL, false))
        .ignoreResiduals();
  }

  /** Takes a row of a cell; it is valid for the call only. */
  interface Taker<E extends Exception> {
    void take(Cell cell, RowData row) throws E;
  }
}
