package io.tidemark.stream.internal;

import io.tidemark.catalog.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;

/** The keyed state of a cell: its rows by period and key. */
final class CellState {

  static final String ROWS = "rows";

  private final Merger merger;
  private final RowDataSerializer keys;
  private final RowDataSerializer values;
  private final RowData.FieldGetter[] keyColumns;
  private final MapState<RowData, RowData> rows;

  CellState(TableContract contract, RowType source, KeyedStateStore store) {
    int columns = 1 + contract.keys().size();
    RowType key = new RowType(source.getFields().subList(0, columns));
    this.merger = new Merger(contract, source);
    this.keys = new RowDataSerializer(key);
    this.keyColumns = new RowData.FieldGetter[columns];
    for (int i = 0; i < columns; i++) {
      keyColumns[i] = RowData.createFieldGetter(source.getTypeAt(i), i);
    }
    this.values = new RowDataSerializer(source);
    this.rows = store.getMapState(new MapStateDescriptor<>(ROWS, keys, values));
  }

  /** Merges a contribution into its row. */
  void add(RowData contribution) throws Exception {
    BinaryRowData key = keyOf(contribution);
    rows.put(key, values.toBinaryRow(merger.merge(rows.get(key), contribution)).copy());
  }

  /** Returns the rows of the cell in no order; they may be reused by the state backend. */
  Iterable<RowData> rows() throws Exception {
    Iterable<RowData> values = rows.values();
    return values == null ? List.of() : values;
  }

  void clear() {
    rows.clear();
  }

  private BinaryRowData keyOf(RowData row) {
    List<Object> values = new ArrayList<>(keyColumns.length);
    for (RowData.FieldGetter column : keyColumns) {
      values.add(column.getFieldOrNull(row));
    }
    return keys.toBinaryRow(GenericRowData.of(values.toArray())).copy();
  }
}
