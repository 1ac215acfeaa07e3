package io.tidemark.stream.internal;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.OpenFiles;
import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.window.ClosedSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the images out of a recovered publish: whether they landed or not, the next publish
 * replaces every open window from state.
 *
 * <p>What is left is committed under the publish's own id, so that it happens once and the chain
 * goes on from it: late rows, dead letters, and the word that windows which closed meanwhile were
 * left out. It claims no more than the commit before: watermark and positions stay. The events that
 * were counted with the images count again with the next publish.
 */
final class Withdrawal {

  private final UnifiedTable table;
  private final Map<Cell, Long> contributions = new LinkedHashMap<>();

  Withdrawal(UnifiedTable table) {
    this.table = table;
  }

  /** Returns a publish without its images; one that landed needs nothing more, and gets nothing. */
  Publish withdraw(Publish publish) {
    if (table.hasLanded(publish)) {
      return publish;
    }
    ClosedSet closed = table.refresh().state().closed();
    List<OpenFiles> leftOut = new ArrayList<>();
    for (OpenFiles cell : publish.cells()) {
      if (closed.isClosed(cell.window())) {
        leftOut.add(withoutFiles(cell, cell.contributions()));
      } else {
        contributions.merge(
            new Cell(cell.window(), cell.bucket()), cell.contributions(), Long::sum);
      }
    }
    @Nullable StreamToken token = table.state().token(publish.streamId()).orElse(null);
    return copy(
        publish,
        leftOut,
        false,
        token == null ? null : token.watermark(),
        token == null ? Map.of() : token.positions());
  }

  /** Returns a publish with the events counted that were withdrawn before it. */
  Publish complete(Publish publish) {
    if (contributions.isEmpty()) {
      return publish;
    }
    List<OpenFiles> cells = new ArrayList<>();
    for (OpenFiles cell : publish.cells()) {
      Long withdrawn = contributions.remove(new Cell(cell.window(), cell.bucket()));
      cells.add(withdrawn == null ? cell : counting(cell, withdrawn));
    }
    ClosedSet closed = table.refresh().state().closed();
    contributions.forEach(
        (cell, count) -> {
          if (closed.isClosed(cell.window())) {
            cells.add(new OpenFiles(cell.window(), cell.bucket(), List.of(), count));
          }
        });
    contributions.clear();
    return copy(publish, cells, publish.reimage(), publish.watermark(), publish.positions());
  }

  private static OpenFiles counting(OpenFiles cell, long more) {
    return new OpenFiles(cell.window(), cell.bucket(), cell.files(), cell.contributions() + more);
  }

  private static OpenFiles withoutFiles(OpenFiles cell, long contributions) {
    return new OpenFiles(cell.window(), cell.bucket(), List.of(), contributions);
  }

  private static Publish copy(
      Publish publish,
      List<OpenFiles> cells,
      boolean reimage,
      @Nullable Instant watermark,
      Map<String, String> positions) {
    return new Publish(
        publish.streamId(),
        publish.commitId(),
        publish.parents(),
        cells,
        reimage,
        publish.frozenBefore(),
        publish.late(),
        publish.deadLetters(),
        watermark,
        positions);
  }
}
