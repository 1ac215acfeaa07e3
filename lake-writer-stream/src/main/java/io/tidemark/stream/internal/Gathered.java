package io.tidemark.stream.internal;

import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.contract.OpenLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/** What the tasks handed over since the last publish. */
final class Gathered {

  private final OpenLayout layout;
  private final Map<Cell, OpenFiles> cells = new LinkedHashMap<>();
  private long dropped;
  private long covered;
  private @Nullable Instant frozenBefore;

  Gathered(OpenLayout layout) {
    this.layout = layout;
  }

  void add(Flush flush) {
    flush.cells().forEach(f -> cells.merge(new Cell(f.window(), f.bucket()), f, this::join));
    dropped += flush.dropped();
    covered += flush.covered();
    Instant edge = flush.frozenBefore();
    if (edge != null && (frozenBefore == null || edge.isAfter(frozenBefore))) {
      frozenBefore = edge;
    }
  }

  boolean isEmpty() {
    return cells.isEmpty();
  }

  long dropped() {
    return dropped;
  }

  long covered() {
    return covered;
  }

  /**
   * Returns the cells written. Where all open windows are replaced, a cell that one task holds
   * frozen already is left alone: its image is committed.
   */
  List<OpenFiles> cells(boolean reimage) {
    return cells.values().stream()
        .filter(f -> !reimage || frozenBefore == null || f.window().hi().isAfter(frozenBefore))
        .toList();
  }

  @Nullable Instant frozenBefore() {
    return frozenBefore;
  }

  /**
   * Where a checkpoint is aborted, a cell comes again before the next publish. Its image is whole,
   * so the later one stands for both; events are only ever added.
   */
  private OpenFiles join(OpenFiles a, OpenFiles b) {
    List<DataFile> files = new ArrayList<>(layout == OpenLayout.CELLS ? List.of() : a.files());
    files.addAll(b.files());
    return new OpenFiles(a.window(), a.bucket(), files, a.contributions() + b.contributions());
  }
}
