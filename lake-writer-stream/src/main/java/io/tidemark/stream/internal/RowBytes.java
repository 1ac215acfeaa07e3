package io.tidemark.stream.internal;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;

/** Rows as bytes, for the few that travel beside the main stream. */
final class RowBytes {

  private final RowDataSerializer serializer;
  private final DataOutputSerializer out = new DataOutputSerializer(256);

  RowBytes(RowDataSerializer serializer) {
    this.serializer = serializer;
  }

  byte[] write(RowData row) throws IOException {
    out.clear();
    serializer.serialize(row, out);
    return out.getCopyOfBuffer();
  }

  RowData read(byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }
}
