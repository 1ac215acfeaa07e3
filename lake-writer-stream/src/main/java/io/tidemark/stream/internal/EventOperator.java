package io.tidemark.stream.internal;

import io.tidemark.catalog.commit.OpenFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.TaskWriter;
import org.jspecify.annotations.Nullable;

/** Writes contributions as they come, for {@code events}, and hands the files over at a barrier. */
public final class EventOperator extends AbstractStreamOperator<Piece>
    implements OneInputStreamOperator<RowData, Piece> {

  private static final long serialVersionUID = 1L;

  private final StreamPlan plan;
  private transient Gate gate;
  private transient TableRow rows;
  private transient DataFileWriter files;
  private transient Map<Cell, OpenCell> cells;
  private transient @Nullable Instant watermark;

  public EventOperator(StreamPlan plan) {
    this.plan = plan;
  }

  @Override
  public void open() throws Exception {
    super.open();
    gate = new Gate(plan, getMetricGroup(), this::emit);
    Table table = gate.table().table();
    rows = new TableRow(table.schema(), plan.contract(), plan.source());
    files = new DataFileWriter(table, getRuntimeContext().getTaskInfo());
    cells = new HashMap<>();
  }

  @Override
  public void processElement(StreamRecord<RowData> element) throws Exception {
    RowData row = element.getValue();
    Instant now = Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
    Cell cell = gate.admit(row, watermark, now);
    if (cell != null) {
      cells
          .computeIfAbsent(cell, c -> new OpenCell(c, files.start()))
          .write(rows.of(row, cell.window()));
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = Instant.ofEpochMilli(mark.getTimestamp());
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (gate != null) {
      gate.close();
      for (OpenCell cell : cells.values()) {
        cell.abort();
      }
    }
    super.close();
  }

  private void flush() throws IOException {
    List<OpenFiles> written = new ArrayList<>();
    for (OpenCell cell : cells.values()) {
      written.add(cell.complete());
    }
    cells.clear();
    if (!written.isEmpty()) {
      emit(Flush.ofCells(written, null));
    }
    gate.atBarrier();
  }

  private void emit(Piece piece) {
    output.collect(new StreamRecord<>(piece));
  }

  private static final class OpenCell {
    private final Cell cell;
    private final TaskWriter<RowData> writer;
    private long contributions;

    OpenCell(Cell cell, TaskWriter<RowData> writer) {
      this.cell = cell;
      this.writer = writer;
    }

    void write(RowData row) throws IOException {
      writer.write(row);
      contributions++;
    }

    void abort() throws IOException {
      writer.abort();
    }

    OpenFiles complete() throws IOException {
      return new OpenFiles(
          cell.window(), cell.bucket(), Arrays.asList(writer.dataFiles()), contributions);
    }
  }
}
