package io.tidemark.stream.internal;

import java.io.IOException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.CombinedScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.source.DataIterator;
import org.apache.iceberg.flink.source.RowDataFileScanTaskReader;

/** Reads rows of the table as contributions: the source's columns in their order. */
final class TableRows {

  private static final String NO_NAME_MAPPING = null;

  private final Table table;
  private final RowDataFileScanTaskReader reader;
  private final ColumnOrder order;

  TableRows(Table table, RowType source) {
    Schema read = table.schema().select(source.getFieldNames());
    this.table = table;
    this.reader = new RowDataFileScanTaskReader(table.schema(), read, NO_NAME_MAPPING, true, null);
    this.order = new ColumnOrder(read, source);
  }

  <E extends Exception> void forEach(CombinedScanTask task, Taker<E> taker) throws IOException, E {
    try (DataIterator<RowData> rows =
        new DataIterator<>(reader, task, table.io(), table.encryption())) {
      while (rows.hasNext()) {
        taker.take(order.of(rows.next()));
      }
    }
  }

  /** Takes a row; it is valid for the call only. */
  interface Taker<E extends Exception> {
    void take(RowData row) throws E;
  }
}
