package io.tidemark.stream.internal;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.window.Window;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.io.TaskWriter;
import org.jspecify.annotations.Nullable;

/**
 * Holds the open windows' rows, keyed by cell, and writes every changed cell in full before a
 * barrier.
 *
 * <p>After a restore every cell counts as changed: recovered images are never committed, the first
 * publish replaces all open windows from this state. Where a job starts without state from a
 * take-over, the state is read back from the table at the take-over's snapshot.
 */
public final class ImageOperator extends AbstractStreamOperator<Piece>
    implements OneInputStreamOperator<RowData, Piece> {

  private static final long serialVersionUID = 1L;

  private final StreamPlan plan;
  private transient OpenTable open;
  private transient CellState state;
  private transient TableRow rows;
  private transient DataFileWriter files;
  private transient RowBytes bytes;
  private transient @Nullable Instant reached;
  private transient Map<Tuple2<Long, Integer>, Changes> cells;
  private transient boolean reimaging;

  public ImageOperator(StreamPlan plan) {
    this.plan = plan;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    open = new OpenTable(plan.loader());
    state = new CellState(plan.contract(), plan.source(), context.getKeyedStateStore());
    rows = new TableRow(open.table().table().schema(), plan.contract(), plan.source());
    bytes = new RowBytes(plan.source());
    reached = open.committed(plan.streamId());
    files = new DataFileWriter(open.table().table(), getRuntimeContext().getTaskInfo());
    cells = new TreeMap<>(ImageOperator::compareCells);
    reimaging = context.isRestored();
    if (reimaging) {
      markAllChanged();
    } else if (plan.takenOver() != null) {
      readBack(plan.takenOver());
    }
  }

  @Override
  public void processElement(StreamRecord<RowData> element) throws Exception {
    RowData row = element.getValue();
    if (Admission.isFrozen(plan.contract(), windowOf(currentCell()), reached)) {
      putAside(row, Verdict.Reason.FROZEN);
      return;
    }
    try {
      state.add(row);
    } catch (ArithmeticException e) {
      putAside(row, Verdict.Reason.OVERFLOW);
      return;
    }
    cells.computeIfAbsent(currentCell(), cell -> new Changes()).add();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    reached = Admission.later(reached, Instant.ofEpochMilli(mark.getTimestamp()));
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
    if (open != null) {
      open.close();
    }
    super.close();
  }

  private void flush() throws Exception {
    UnifiedTable table = open.table().refresh();
    Instant committed = open.committed(plan.streamId());
    reached = Admission.later(reached, committed);
    List<OpenFiles> images = new ArrayList<>();
    for (Tuple2<Long, Integer> key : List.copyOf(cells.keySet())) {
      setCurrentKey(key);
      Window window = windowOf(key);
      Changes changes = cells.get(key);
      if (table.state().closed().isClosed(window)) {
        if (changes.contributions > 0) {
          images.add(new OpenFiles(window, key.f1, List.of(), changes.contributions));
        }
        forget(key);
      } else if (mayForget(window, changes, committed)) {
        forget(key);
      } else if (changes.any()) {
        images.add(image(key, window, changes));
      }
    }
    if (reimaging || !images.isEmpty()) {
      reimaging = false;
      output.collect(new StreamRecord<>(Flush.ofCells(images, frozenBefore(committed))));
    }
  }

  /**
   * A frozen cell that took in rows since its last image is written once more: other tasks went
   * past its horizon while this one was idle.
   */
  private boolean mayForget(Window window, Changes changes, @Nullable Instant committed) {
    return changes.contributions == 0 && Admission.isFrozen(plan.contract(), window, committed);
  }

  private void putAside(RowData row, Verdict.Reason reason) throws IOException {
    output.collect(new StreamRecord<>(new Piece.LateRow(bytes.write(row), reason.toString())));
  }

  /** Frozen cells are forgotten once their last image is committed, by the committed watermark. */
  private @Nullable Instant frozenBefore(@Nullable Instant committed) {
    if (committed == null || plan.contract().openHorizon() == null) {
      return null;
    }
    return plan.contract().window().containing(committed.minus(plan.contract().openHorizon())).lo();
  }

  private OpenFiles image(Tuple2<Long, Integer> key, Window window, Changes changes)
      throws Exception {
    TaskWriter<RowData> writer = files.start();
    try {
      for (RowData row : state.rows()) {
        writer.write(rows.of(row, window));
      }
      OpenFiles image =
          new OpenFiles(window, key.f1, Arrays.asList(writer.dataFiles()), changes.contributions);
      changes.clear();
      return image;
    } finally {
      writer.close();
    }
  }

  private void forget(Tuple2<Long, Integer> key) {
    state.clear();
    cells.remove(key);
  }

  private void markAllChanged() throws Exception {
    try (Stream<Object> keys =
        getKeyedStateBackend().getKeys(CellState.ROWS, VoidNamespace.INSTANCE)) {
      for (Object key : keys.toList()) {
        setCurrentKey(key);
        cells.put(currentCell(), Changes.restored());
      }
    }
  }

  private void readBack(StreamToken token) throws Exception {
    int maxParallelism = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    OpenRows.at(token, open.table(), plan)
        .forEach(
            (cell, row) -> {
              Tuple2<Long, Integer> key = Tuple2.of(cell.window().loMicros(), cell.bucket());
              if (KeyGroupRangeAssignment.assignKeyToParallelOperator(
                      key, maxParallelism, parallelism)
                  == subtask) {
                setCurrentKey(key);
                state.add(row);
                cells.computeIfAbsent(key, k -> new Changes());
              }
            });
  }

  @SuppressWarnings("unchecked")
  private Tuple2<Long, Integer> currentCell() {
    return (Tuple2<Long, Integer>) getCurrentKey();
  }

  private Window windowOf(Tuple2<Long, Integer> key) {
    return plan.contract().window().containing(key.f0);
  }

  private static int compareCells(Tuple2<Long, Integer> a, Tuple2<Long, Integer> b) {
    int byWindow = Long.compare(a.f0, b.f0);
    return byWindow != 0 ? byWindow : Integer.compare(a.f1, b.f1);
  }

  /** What happened to a cell since its last image. */
  private static final class Changes {
    private boolean restored;
    private long contributions;

    static Changes restored() {
      Changes changes = new Changes();
      changes.restored = true;
      return changes;
    }

    void add() {
      contributions++;
    }

    boolean any() {
      return restored || contributions > 0;
    }

    void clear() {
      restored = false;
      contributions = 0;
    }
  }
}
