package io.tidemark.stream.job;

import io.tidemark.catalog.manifest.TableEntry;
import io.tidemark.stream.SourcePosition;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.jspecify.annotations.Nullable;

/**
 * The type of an event: the declared fields, then where it came from, its raw bytes, and why it
 * could not be read, which is null for an event that could.
 *
 * @param row the type
 * @param fields how many fields are declared
 * @param eventTime the position of the field that event time is taken from
 */
record EventType(RowType row, int fields, int eventTime) implements Serializable {

  static EventType of(TableEntry.Stream stream) {
    List<RowType.RowField> columns = new ArrayList<>();
    stream
        .fields()
        .forEach(
            (name, type) -> columns.add(new RowType.RowField(name, FlinkSchemaUtil.convert(type))));
    int fields = columns.size();
    columns.add(new RowType.RowField("__topic", VarCharType.STRING_TYPE));
    columns.add(new RowType.RowField("__partition", new IntType()));
    columns.add(new RowType.RowField("__offset", new BigIntType()));
    columns.add(new RowType.RowField("__payload", new VarBinaryType(VarBinaryType.MAX_LENGTH)));
    columns.add(new RowType.RowField("__problem", VarCharType.STRING_TYPE));
    int eventTime = List.copyOf(stream.fields().keySet()).indexOf(stream.eventTime());
    return new EventType(new RowType(columns), fields, eventTime);
  }

  String topic(RowData event) {
    return event.getString(fields).toString();
  }

  int partition(RowData event) {
    return event.getInt(fields + 1);
  }

  long offset(RowData event) {
    return event.getLong(fields + 2);
  }

  byte @Nullable [] payload(RowData event) {
    return event.isNullAt(fields + 3) ? null : event.getBinary(fields + 3);
  }

  @Nullable String problem(RowData event) {
    return event.isNullAt(fields + 4) ? null : event.getString(fields + 4).toString();
  }

  /** Returns the position behind an event. */
  SourcePosition position(RowData event) {
    return new SourcePosition(topic(event) + "-" + partition(event), offset(event) + 1);
  }
}
