package io.tidemark.catalog.internal;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.PublishResult;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expression;

/** A publish of a stream into the open windows. */
final class PublishIntent implements CommitIntent<PublishResult> {

  private final TableContract contract;
  private final Publish publish;
  private final Consumer<OpenFiles> quarantine;

  /**
   * @param quarantine puts the rows of a cell aside whose window closed meanwhile, once
   */
  PublishIntent(TableContract contract, Publish publish, Consumer<OpenFiles> quarantine) {
    this.contract = contract;
    this.publish = publish;
    this.quarantine = quarantine;
  }

  @Override
  public String commitId() {
    return publish.commitId();
  }

  @Override
  public Step<PublishResult> plan(Base base) {
    Optional<StreamToken> token = base.state().token(publish.streamId());
    if (token.isPresent() && token.get().commitId().equals(publish.commitId())) {
      return new Step.Done<>(new PublishResult(token.get().snapshotId(), true, List.of(), 0));
    }
    new Chain(base, publish.streamId()).check(publish);
    base.checkLayout(contract);
    ForeignWrites foreign = new ForeignWrites(base);
    foreign.checkOpenWindows();
    checkCells(base);

    ClosedSet closed = base.state().closed();
    List<OpenFiles> open =
        publish.cells().stream().filter(c -> !closed.isClosed(c.window())).toList();
    List<OpenFiles> leftOut =
        publish.cells().stream().filter(c -> closed.isClosed(c.window())).toList();
    leftOut.forEach(quarantine);
    AttentionList attention =
        new AttentionList(base.state().attention())
            .add(foreign.attention())
            .add(leftOut.stream().filter(c -> c.contributions() > 0).map(this::late).toList());
    return new Step.Commit<>(
        tx -> update(tx, closed, open),
        summary(base, open, leftOut),
        snapshot -> properties(snapshot, attention),
        snapshot -> result(snapshot, leftOut));
  }

  private void checkCells(Base base) {
    FileWindows windows = base.fileWindows();
    base.checkSpecs(publish.cells().stream().flatMap(c -> c.files().stream()).toList());
    for (OpenFiles cell : publish.cells()) {
      checkWindow(base.name(), cell.window());
      for (DataFile file : cell.files()) {
        boolean fits =
            windows.holding(file).filter(cell.window()::equals).isPresent()
                && (contract.buckets() == 1 || windows.bucket(file) == cell.bucket());
        if (!fits) {
          throw new InvalidRequestException(
              "Cannot publish to %s: file %s holds rows outside the cell %s bucket %d, or a row without %s, or has no metrics of it, or is in the partition of another window. Nothing was committed."
                  .formatted(
                      base.name(),
                      file.location(),
                      cell.window(),
                      cell.bucket(),
                      contract.period().column()));
        }
      }
    }
  }

  /** A cell's window is replaced whole, so that a range that is none could take closed rows out. */
  private void checkWindow(String name, Window window) {
    boolean whole = contract.window().containing(window.lo()).equals(window);
    if (!whole || window.lo().isBefore(contract.window().origin())) {
      throw new InvalidRequestException(
          "Cannot publish to %s: %s is not a window of the table, which begins at %s. Nothing was committed."
              .formatted(name, window, contract.window().origin()));
    }
  }

  private SnapshotUpdate<?> update(Transaction tx, ClosedSet closed, List<OpenFiles> open) {
    List<DataFile> files = open.stream().flatMap(c -> c.files().stream()).toList();
    boolean replaces =
        contract.layout() == OpenLayout.CELLS && (publish.reimage() || !open.isEmpty());
    if (!replaces) {
      AppendFiles append = files.isEmpty() ? tx.newFastAppend() : tx.newAppend();
      files.forEach(append::appendFile);
      return append;
    }
    OverwriteFiles overwrite = tx.newOverwrite();
    overwrite.overwriteByRowFilter(replaced(closed, open));
    files.forEach(overwrite::addFile);
    return overwrite;
  }

  private Expression replaced(ClosedSet closed, List<OpenFiles> open) {
    return publish.reimage()
        ? Filters.allOpen(contract, closed, publish.frozenBefore())
        : Filters.cells(contract, open);
  }

  private Map<String, String> summary(Base base, List<OpenFiles> open, List<OpenFiles> leftOut) {
    Map<String, String> summary = new HashMap<>();
    summary.put(Keys.WRITER, Writer.STREAM.toString());
    summary.put(Keys.STREAM_ID, publish.streamId());
    summary.put(Keys.PARENTS, String.join(",", publish.parents()));
    summary.put(Keys.WINDOWS, WindowRanges.encode(open.stream().map(OpenFiles::window).toList()));
    summary.put(Keys.LATE_ROWS, Long.toString(publish.late().rows()));
    summary.put(
        Keys.DROPPED_ROWS,
        Long.toString(publish.late().dropped() + publish.deadLetters().dropped()));
    summary.put(Keys.COVERED_ROWS, Long.toString(publish.late().covered()));
    summary.put(Keys.DEAD_LETTERS, Long.toString(publish.deadLetters().rows()));
    summary.put(Keys.LEFT_OUT, Long.toString(contributions(leftOut)));
    Summaries.putProgress(summary, publish.watermark(), publish.positions());
    Summaries.putReplaced(summary, base, Keys.STREAM_PREFIX + publish.streamId());
    return summary;
  }

  private Map<String, String> properties(Snapshot snapshot, AttentionList attention) {
    StreamToken token =
        new StreamToken(
            publish.streamId(),
            publish.commitId(),
            snapshot.snapshotId(),
            snapshot.sequenceNumber(),
            snapshot.sequenceNumber(),
            publish.watermark(),
            publish.positions(),
            false);
    Map<String, String> properties = new HashMap<>();
    properties.put(Keys.STREAM_PREFIX + publish.streamId(), StateCodec.encode(token));
    properties.put(Keys.ATTENTION, StateCodec.encode(attention.entries()));
    return properties;
  }

  private Attention late(OpenFiles cell) {
    return new Attention(cell.window(), Attention.Reason.LATE, cell.contributions());
  }

  private static PublishResult result(Snapshot snapshot, List<OpenFiles> leftOut) {
    List<Window> windows = leftOut.stream().map(OpenFiles::window).distinct().toList();
    return new PublishResult(snapshot.snapshotId(), false, windows, contributions(leftOut));
  }

  private static long contributions(List<OpenFiles> cells) {
    return cells.stream().mapToLong(OpenFiles::contributions).sum();
  }

  /**
   * The windows it touched are on main; those of its cells that are not among them are left out.
   */
  @Override
  public PublishResult landed(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    List<Window> touched = WindowRanges.decode(summary.get(Keys.WINDOWS));
    List<Window> windows =
        publish.cells().stream()
            .map(OpenFiles::window)
            .filter(w -> touched.stream().noneMatch(range -> range.contains(w)))
            .distinct()
            .toList();
    long leftOut = Long.parseLong(summary.get(Keys.LEFT_OUT));
    return new PublishResult(snapshot.snapshotId(), true, windows, leftOut);
  }
}
