package io.tidemark.stream.internal;

import java.util.StringJoiner;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Shows a row as {@code column=value, ...}. */
final class RowText {

  private final RowType type;

  RowText(RowType type) {
    this.type = type;
  }

  String of(RowData row) {
    StringJoiner text = new StringJoiner(", ");
    for (int i = 0; i < type.getFieldCount(); i++) {
      Object value = RowData.createFieldGetter(type.getTypeAt(i), i).getFieldOrNull(row);
      text.add(type.getFieldNames().get(i) + "=" + value);
    }
    return text.toString();
  }
}
