package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.ForeignWriteException;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;

/**
 * What others committed since the protocol's newest commit. Compactions keep the rows and are
 * harmless; anything else is told by the windows it touched.
 */
final class ForeignWrites {

  private final Base base;
  private final List<Window> ranges = new ArrayList<>();

  ForeignWrites(Base base) {
    this.base = base;
    base.lineage()
        .after(base.state().anchor())
        .filter(s -> !s.summary().containsKey(Keys.COMMIT_ID))
        .filter(s -> !DataOperations.REPLACE.equals(s.operation()))
        .forEach(this::collect);
  }

  private void collect(Snapshot snapshot) {
    SnapshotChanges changes = SnapshotChanges.builderFor(base.table()).snapshot(snapshot).build();
    FileWindows windows = base.fileWindows();
    Stream.of(
            changes.addedDataFiles(),
            changes.removedDataFiles(),
            changes.addedDeleteFiles(),
            changes.removedDeleteFiles())
        .flatMap(files -> StreamSupport.stream(files.spliterator(), false))
        .map(file -> touched(windows, (ContentFile<?>) file))
        .forEach(ranges::add);
  }

  /** A file that does not say where its rows belong may have touched every window. */
  private Window touched(FileWindows windows, ContentFile<?> file) {
    Optional<Window> touched = windows.touched(file);
    Instant origin = base.contract().window().origin();
    return touched.orElseGet(
        () -> {
          Instant end = base.state().closed().end(origin);
          return new Window(origin, base.contract().window().containing(end).hi());
        });
  }

  /** Returns the windows touched, as entries that want attention. */
  List<Attention> attention() {
    return WindowRanges.join(ranges).stream()
        .map(range -> new Attention(range, Attention.Reason.FOREIGN_WRITE, 0))
        .toList();
  }

  /**
   * Stops a stream whose open windows somebody else wrote into.
   *
   * @throws ForeignWriteException if there is such a window
   */
  void checkOpenWindows() {
    Stream.concat(attention().stream(), base.state().attention().stream())
        .filter(a -> a.reason() == Attention.Reason.FOREIGN_WRITE)
        .flatMap(a -> base.state().closed().firstOpen(a.range()).stream())
        .findFirst()
        .ifPresent(
            window -> {
              throw new ForeignWriteException(
                  "Cannot publish to %s: somebody else wrote into %s, which the stream owns. Nothing was committed. Run repair to list the window as wanting a seal and go on."
                      .formatted(base.name(), window));
            });
  }
}
