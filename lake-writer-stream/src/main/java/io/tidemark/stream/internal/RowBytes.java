package io.tidemark.stream.internal;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;

/** Rows as bytes, for the few that travel beside the main stream. */
final class RowBytes {

  private final RowDataSerializer serializer;
  private final RowData.FieldGetter[] columns;
  private final DataOutputSerializer out = new DataOutputSerializer(256);

  RowBytes(RowType type) {
    this.serializer = new RowDataSerializer(type);
    this.columns = new RowData.FieldGetter[type.getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = RowData.createFieldGetter(type.getTypeAt(i), i);
    }
  }

  /** Writes the columns of the type; what a row has behind them is left out. */
  byte[] write(RowData row) throws IOException {
    GenericRowData written = new GenericRowData(columns.length);
    for (int i = 0; i < columns.length; i++) {
      written.setField(i, columns[i].getFieldOrNull(row));
    }
    out.clear();
    serializer.serialize(written, out);
    return out.getCopyOfBuffer();
  }

  RowData read(byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }
}
