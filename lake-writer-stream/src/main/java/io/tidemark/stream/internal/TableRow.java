package io.tidemark.stream.internal;

import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * Turns a contribution into a row of the table: not final, with its business date, and null in
 * columns that the contract does not name.
 */
final class TableRow {

  private final TableContract contract;
  private final RowData.FieldGetter[] columns;
  private final int isFinal;
  private final int businessDate;

  TableRow(Schema table, TableContract contract, RowType source) {
    List<String> names = table.columns().stream().map(Types.NestedField::name).toList();
    this.contract = contract;
    this.columns = new RowData.FieldGetter[names.size()];
    for (int i = 0; i < columns.length; i++) {
      int position = source.getFieldNames().indexOf(names.get(i));
      columns[i] =
          position < 0
              ? row -> null
              : RowData.createFieldGetter(source.getTypeAt(position), position);
    }
    this.isFinal = names.indexOf(TableContract.IS_FINAL);
    this.businessDate = names.indexOf(contract.businessDate());
  }

  RowData of(RowData source, Window window) {
    GenericRowData row = new GenericRowData(columns.length);
    for (int i = 0; i < columns.length; i++) {
      row.setField(i, columns[i].getFieldOrNull(source));
    }
    row.setField(isFinal, false);
    if (businessDate >= 0) {
      long period = source.getTimestamp(0, 6).getMillisecond() * 1_000;
      row.setField(businessDate, (int) contract.businessDateOf(window, period).toEpochDay());
    }
    return row;
  }
}
