package io.tidemark.stream.internal;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.ClosedSet;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.CombinedScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.flink.source.DataIterator;
import org.apache.iceberg.flink.source.RowDataFileScanTaskReader;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/** The rows of a table's open windows at the snapshot of a token, as contributions. */
final class OpenRows {

  private static final String NO_NAME_MAPPING = null;

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
  void forEach(Taker taker) throws Exception {
    Table iceberg = table.table();
    Schema schema = iceberg.schema().select(plan.contract().sourceColumns());
    RowDataFileScanTaskReader reader =
        new RowDataFileScanTaskReader(iceberg.schema(), schema, NO_NAME_MAPPING, true, null);
    try (CloseableIterable<CombinedScanTask> tasks = scan(iceberg).planTasks()) {
      for (CombinedScanTask task : tasks) {
        forEach(reader, task, schema, taker);
      }
    }
  }

  private TableScan scan(Table iceberg) {
    return iceberg
        .newScan()
        .useSnapshot(token.snapshotId())
        .filter(Expressions.equal(TableContract.IS_FINAL, false));
  }

  private void forEach(
      RowDataFileScanTaskReader reader, CombinedScanTask task, Schema schema, Taker taker)
      throws Exception {
    Table iceberg = table.table();
    Admission admission = new Admission(plan.contract(), plan.source());
    ClosedSet closed = table.state().closed();
    @Nullable Instant watermark = token.watermark();
    ColumnOrder order = new ColumnOrder(schema, plan.source());
    try (DataIterator<RowData> rows =
        new DataIterator<>(reader, task, iceberg.io(), iceberg.encryption())) {
      while (rows.hasNext()) {
        RowData row = order.of(rows.next());
        if (admission.judge(row, closed, watermark, Instant.MAX.minus(plan.contract().allowedSkew()))
            instanceof Verdict.Admitted admitted) {
          taker.take(admitted.cell(), row);
        }
      }
    }
  }

  /** Takes a row; it is valid for the call only. */
  interface Taker {
    void take(Cell cell, RowData row) throws Exception;
  }
}
