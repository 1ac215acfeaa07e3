package io.tidemark.stream.internal;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Reads one column of Flink's rows as the value that Iceberg's transforms take. */
final class RowColumn {

  private final RowData.FieldGetter getter;
  private final RowDataWrapper wrapper;
  private final Class<?> javaClass;

  RowColumn(LogicalType type, int position, Type icebergType) {
    this.getter = RowData.createFieldGetter(type, position);
    this.wrapper =
        new RowDataWrapper(
            RowType.of(type), Types.StructType.of(Types.NestedField.optional(1, "c", icebergType)));
    this.javaClass = icebergType.typeId().javaClass();
  }

  Object valueIn(RowData row) {
    return wrapper.wrap(GenericRowData.of(getter.getFieldOrNull(row))).get(0, javaClass);
  }
}
