package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Cuts;
import io.tidemark.catalog.window.Window;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * The state as it was at the head of a main that was rolled back or replaced. Every commit says
 * what it replaced, so walking back over the undone ones leads there; where some of them are not
 * retained any more, main's own summaries tell, as far back as they reach.
 */
final class RebuiltState {

  private final Base base;

  private RebuiltState(Base base) {
    this.base = base;
  }

  /** Returns the closed set and the tokens that main's head stands for. */
  static TableState of(Base base) {
    RebuiltState rebuilt = new RebuiltState(base);
    return rebuilt.walkBack().orElseGet(rebuilt::fromLineage);
  }

  private Optional<TableState> walkBack() {
    if (base.state().anchor() == null) {
      return Optional.empty();
    }
    Map<String, String> properties = new HashMap<>(base.metadata().properties());
    long next = base.state().anchor().snapshotId();
    while (!base.lineage().contains(next)) {
      Snapshot undone = base.metadata().snapshot(next);
      if (undone == null) {
        return Optional.empty();
      }
      undo(properties, undone.summary());
      if (undone.parentId() == null) {
        break;
      }
      next = undone.parentId();
    }
    return Optional.of(StateCodec.decode(properties));
  }

  private static void undo(Map<String, String> properties, Map<String, String> summary) {
    String writer = summary.get(Keys.WRITER);
    String streamId = summary.get(Keys.STREAM_ID);
    if (streamId != null) {
      put(properties, Keys.STREAM_PREFIX + streamId, summary.get(Keys.REPLACED));
    } else if (Writer.SEAL.toString().equals(writer)) {
      put(properties, Keys.CLOSED, summary.get(Keys.REPLACED));
    }
  }

  private static void put(Map<String, String> properties, String key, @Nullable String value) {
    if (value == null) {
      properties.remove(key);
    } else {
      properties.put(key, value);
    }
  }

  private TableState fromLineage() {
    Map<String, StreamToken> tokens =
        base.lineage().stream()
            .flatMap(s -> Summaries.token(s).stream())
            .collect(Collectors.toMap(StreamToken::streamId, t -> t, (newer, older) -> newer));
    return new TableState(
        closed(),
        Cuts.none(),
        null,
        tokens,
        base.state().attention(),
        null,
        base.state().reopened());
  }

  /** The newest seal or repair on main says it all; before the first, nothing was closed. */
  private ClosedSet closed() {
    Optional<String> newest =
        base.lineage().stream()
            .map(s -> s.summary().get(Keys.CLOSED))
            .filter(Objects::nonNull)
            .findFirst();
    if (newest.isPresent()) {
      return StateCodec.decodeRanges(newest.get());
    }
    ClosedSet known = base.lineage().reachesRoot() ? ClosedSet.empty() : base.state().closed();
    for (Window lost : lostSeals().toList()) {
      known = known.without(lost);
    }
    return known;
  }

  private Stream<Window> lostSeals() {
    return base.lineage()
        .offMain()
        .filter(s -> Writer.SEAL.toString().equals(s.summary().get(Keys.WRITER)))
        .flatMap(RebuiltState::windows);
  }

  /** Returns the windows that a commit touched. */
  static Stream<Window> windows(Snapshot snapshot) {
    String ranges = snapshot.summary().get(Keys.WINDOWS);
    return ranges == null ? Stream.empty() : WindowRanges.decode(ranges).stream();
  }
}
