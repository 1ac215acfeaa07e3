package io.tidemark.scenarios;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.PublishResult;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/** A run of a stream: it writes files, publishes them, and knows the publish it continues. */
final class StreamRun {

  static final String ID = "clicks";

  private final UnifiedTable table;
  private final History history;
  private Set<String> parents;

  StreamRun(UnifiedTable table, History history, Set<String> parents) {
    this.table = table;
    this.history = history;
    this.parents = parents;
  }

  /** Returns another run, restored from the same savepoint. */
  StreamRun fork() {
    return new StreamRun(table, history, parents);
  }

  /** Returns the commit ids that the next publish continues. */
  Set<String> parents() {
    return parents;
  }

  /** Makes the next publish continue other commits. */
  StreamRun continuing(String... commitIds) {
    parents = Set.of(commitIds);
    return this;
  }

  /** Writes the images of cells, or further events, and commits them. */
  PublishResult publish(@Nullable Instant watermark, Cell... cells) {
    return commit(write(watermark, cells));
  }

  /** Writes the images of cells, or further events, and commits nothing yet. */
  Publish write(@Nullable Instant watermark, Cell... cells) {
    return write(watermark, false, null, cells);
  }

  /** Writes all open windows anew, as after a restore. */
  Publish writeAll(@Nullable Instant watermark, @Nullable Instant frozenBefore, Cell... cells) {
    return write(watermark, true, frozenBefore, cells);
  }

  /** Writes late rows for the quarantine, and commits them. */
  PublishResult publishLate(@Nullable Instant watermark, Row... rows) {
    return commit(writeLate(watermark, rows));
  }

  /** Writes late rows for the quarantine, and commits nothing yet. */
  Publish writeLate(@Nullable Instant watermark, Row... rows) {
    Publish p = write(watermark);
    List<DataFile> files = Rows.writeLate(table, p.commitId(), List.of(rows));
    return new Publish(
        p.streamId(),
        p.commitId(),
        p.parents(),
        p.cells(),
        p.reimage(),
        p.frozenBefore(),
        new Publish.SideRows(files, rows.length, 0, 0),
        p.deadLetters(),
        p.watermark(),
        p.positions());
  }

  private Publish write(
      @Nullable Instant watermark, boolean all, @Nullable Instant frozenBefore, Cell... cells) {
    List<OpenFiles> files = Stream.of(cells).map(cell -> cell.write(table)).toList();
    Publish publish =
        new Publish(
            ID,
            UUID.randomUUID().toString(),
            parents,
            files,
            all,
            frozenBefore,
            Publish.SideRows.NONE,
            Publish.SideRows.NONE,
            watermark,
            Map.of("events-0", "17"));
    history.promise(publish.commitId(), before -> after(before, all, frozenBefore, List.of(cells)));
    return publish;
  }

  private Expected after(
      Expected before, boolean all, @Nullable Instant frozenBefore, List<Cell> cells) {
    TableContract contract = table.contract();
    List<Row> rows = cells.stream().flatMap(cell -> cell.rows().stream()).toList();
    if (contract.layout() == OpenLayout.EVENTS) {
      return before.plus(rows);
    }
    return before
        .without(
            row ->
                !before.isClosed(row)
                    && (all
                        ? frozenBefore == null || !row.period().isBefore(frozenBefore)
                        : cells.stream().anyMatch(cell -> cell.holds(contract, row))))
        .plus(rows);
  }

  /** Commits a publish; the next one continues it. */
  PublishResult commit(Publish publish) {
    PublishResult result = table.publish(publish);
    parents = Set.of(publish.commitId());
    return result;
  }
}
