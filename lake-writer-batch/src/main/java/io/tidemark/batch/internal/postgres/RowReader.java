package io.tidemark.batch.internal.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.types.Types;

/** Reads the rows of a result. */
final class RowReader {

  private final ColumnReader[] columns;

  RowReader(List<Types.NestedField> columns) {
    this.columns = new ColumnReader[columns.size()];
    for (int i = 0; i < this.columns.length; i++) {
      this.columns[i] = new ColumnReader(columns.get(i), i + 1);
    }
  }

  /** Returns the current row as a new object. */
  RowData read(ResultSet result) throws SQLException {
    GenericRowData row = new GenericRowData(columns.length);
    for (int i = 0; i < columns.length; i++) {
      row.setField(i, columns[i].read(result));
    }
    return row;
  }
}
