package io.tidemark.batch.internal.seal;

import io.tidemark.catalog.contract.TableContract;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.jspecify.annotations.Nullable;

/** Extends a row of the source by what the library fills in: it is final, and its business date. */
final class FinalRow extends RichMapFunction<RowData, RowData> {

  /** The accumulator that counts the rows. */
  static final String READ = "tidemark-seal-read";

  private static final long serialVersionUID = 1L;

  private final TableContract contract;
  private final WindowIndex windows;

  private transient LongCounter read;

  FinalRow(TableContract contract, WindowIndex windows) {
    this.contract = contract;
    this.windows = windows;
  }

  @Override
  public void open(OpenContext context) {
    read = getRuntimeContext().getLongCounter(READ);
  }

  @Override
  public RowData map(RowData row) {
    SettledRowCheck.checkKind(row);
    read.add(1L);
    GenericRowData filled =
        contract.businessDate() == null
            ? GenericRowData.of(true)
            : GenericRowData.of(true, businessDate(row));
    return new JoinedRowData(row.getRowKind(), row, filled);
  }

  private @Nullable Integer businessDate(RowData row) {
    if (row.isNullAt(0)) {
      return null;
    }
    long micros = Periods.micros(row);
    int window = windows.find(micros);
    return window == WindowIndex.OUTSIDE
        ? null
        : (int) contract.businessDateOf(windows.window(window), micros).toEpochDay();
  }
}
