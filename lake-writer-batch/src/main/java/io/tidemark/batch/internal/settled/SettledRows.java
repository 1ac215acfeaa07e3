package io.tidemark.batch.internal.settled;

import io.tidemark.batch.internal.columnar.ColumnVector;
import io.tidemark.batch.internal.source.SourceRange;
import io.tidemark.batch.internal.source.SourceRows;
import io.tidemark.batch.internal.source.SourceSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The rows of a split as Flink has them. */
final class SettledRows implements AutoCloseable {

  private final SourceRows rows;
  private final List<Type> types;
  private final List<FlinkValues> values;
  private boolean over;

  private SettledRows(SourceRows rows, List<Type> types, List<FlinkValues> values) {
    this.rows = rows;
    this.types = types;
    this.values = values;
  }

  /** Begins to read. */
  static SettledRows open(SourceSession session, SettledRead read, SourceRange range) {
    List<Type> types =
        read.columns().icebergSchema().columns().stream().map(Types.NestedField::type).toList();
    List<FlinkValues> values = read.query().columns().stream().map(FlinkValues::new).toList();
    return new SettledRows(session.read(read.columns(), range), types, values);
  }

  /** Returns some more rows; none where there are no more. */
  List<RowData> next(int atMost) {
    List<ColumnVector> batch = types.stream().map(ColumnVector::of).toList();
    while (!over && batch.get(0).size() < atMost) {
      if (rows.next()) {
        for (int i = 0; i < batch.size(); i++) {
          rows.read(i, batch.get(i));
        }
      } else {
        over = true;
      }
    }
    return rows(batch);
  }

  private List<RowData> rows(List<ColumnVector> batch) {
    int size = batch.get(0).size();
    List<RowData> made = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      GenericRowData row = new GenericRowData(batch.size());
      for (int column = 0; column < batch.size(); column++) {
        row.setField(column, values.get(column).get(batch.get(column), i));
      }
      made.add(row);
    }
    return made;
  }

  @Override
  public void close() {
    rows.close();
  }
}
