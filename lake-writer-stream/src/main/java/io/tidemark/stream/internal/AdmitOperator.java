package io.tidemark.stream.internal;

import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cell of every contribution and appends it to the row, for {@code cells}; what belongs
 * to no open window leaves by a side output.
 */
public final class AdmitOperator extends AbstractStreamOperator<RowData>
    implements OneInputStreamOperator<RowData, RowData> {

  private static final long serialVersionUID = 1L;

  /** Rows put aside. */
  public static final OutputTag<Piece> ASIDE = new OutputTag<>("aside", new PieceType());

  private final StreamPlan plan;
  private transient Gate gate;
  private transient RowData.FieldGetter[] columns;
  private transient @Nullable Instant watermark;

  public AdmitOperator(StreamPlan plan) {
    this.plan = plan;
  }

  /** Returns the type of admitted rows: the source's columns, the window's start, the bucket. */
  public static RowType admitted(RowType source) {
    List<RowType.RowField> fields = new ArrayList<>(source.getFields());
    fields.add(new RowType.RowField("__window", new BigIntType(false)));
    fields.add(new RowType.RowField("__bucket", new IntType(false)));
    return new RowType(fields);
  }

  /** Returns the key of admitted rows: the window's start in microseconds, and the bucket. */
  public static KeySelector<RowData, Tuple2<Long, Integer>> cellOf(RowType source) {
    int columns = source.getFieldCount();
    return row -> Tuple2.of(row.getLong(columns), row.getInt(columns + 1));
  }

  /** Returns the type of {@link #cellOf}. */
  public static TypeInformation<Tuple2<Long, Integer>> cellType() {
    return Types.TUPLE(Types.LONG, Types.INT);
  }

  @Override
  public void open() throws Exception {
    super.open();
    gate =
        new Gate(plan, getMetricGroup(), piece -> output.collect(ASIDE, new StreamRecord<>(piece)));
    columns = new RowData.FieldGetter[plan.source().getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = RowData.createFieldGetter(plan.source().getTypeAt(i), i);
    }
  }

  @Override
  public void processElement(StreamRecord<RowData> element) throws Exception {
    RowData row = element.getValue();
    Instant now = Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
    Cell cell = gate.admit(row, watermark, now);
    if (cell != null) {
      output.collect(element.replace(withCell(row, cell)));
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = Instant.ofEpochMilli(mark.getTimestamp());
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    gate.atBarrier();
  }

  @Override
  public void finish() throws Exception {
    gate.atBarrier();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (gate != null) {
      gate.close();
    }
    super.close();
  }

  private RowData withCell(RowData row, Cell cell) {
    GenericRowData admitted = new GenericRowData(row.getRowKind(), columns.length + 2);
    for (int i = 0; i < columns.length; i++) {
      admitted.setField(i, columns[i].getFieldOrNull(row));
    }
    admitted.setField(columns.length, Window.micros(cell.window().lo()));
    admitted.setField(columns.length + 1, cell.bucket());
    return admitted;
  }
}
