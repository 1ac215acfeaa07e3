package io.tidemark.stream.internal;

import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** Puts the columns of a row read from the table into the order of contributions. */
final class ColumnOrder {

  private final RowData.FieldGetter[] columns;

  ColumnOrder(Schema read, RowType source) {
    List<String> names = read.columns().stream().map(Types.NestedField::name).toList();
    this.columns = new RowData.FieldGetter[source.getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      int position = names.indexOf(source.getFieldNames().get(i));
      columns[i] = RowData.createFieldGetter(source.getTypeAt(i), position);
    }
  }

  RowData of(RowData row) {
    GenericRowData ordered = new GenericRowData(columns.length);
    for (int i = 0; i < columns.length; i++) {
      ordered.setField(i, columns[i].getFieldOrNull(row));
    }
    return ordered;
  }
}
