package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Anchor;
import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.RepairReport;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.window.ClosedRange;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/** Rebuilds the state from the lineage of main, in an empty commit. */
final class RepairIntent implements CommitIntent<RepairReport> {

  private final String commitId = UUID.randomUUID().toString();
  private @Nullable RepairReport planned;

  @Override
  public String commitId() {
    return commitId;
  }

  @Override
  public boolean repairsHistory() {
    return true;
  }

  @Override
  public Step<RepairReport> plan(Base base) {
    TableState state = base.state();
    boolean rewritten = base.rewrittenAnchor().isPresent();
    List<Attention> foreign = new ForeignWrites(base).attention();
    boolean stopped =
        state.attention().stream().anyMatch(a -> a.reason() == Attention.Reason.FOREIGN_WRITE);
    if (!rewritten && foreign.isEmpty() && !stopped) {
      return new Step.Done<>(new RepairReport(false, List.of(), state.attention()));
    }
    TableState rebuilt = rewritten ? RebuiltState.of(base) : state;
    ClosedSet closed = rebuilt.closed();
    List<Window> reopened = reopened(state.closed(), closed);
    List<Attention> attention = attention(base, rewritten, foreign, reopened);
    planned = new RepairReport(rewritten, reopened, attention);
    RepairReport report = planned;
    return new Step.Commit<>(
        tx -> tx.newFastAppend(),
        Map.of(
            Keys.WRITER, Writer.REPAIR.toString(),
            Keys.CLOSED, StateCodec.encode(closed)),
        snapshot -> properties(base, snapshot, rebuilt, reopened, attention, rewritten),
        snapshot -> report);
  }

  private static List<Window> reopened(ClosedSet before, ClosedSet after) {
    ClosedSet open = before;
    for (ClosedRange range : after.ranges()) {
      open = open.without(range.range());
    }
    return open.ranges().stream().map(ClosedRange::range).toList();
  }

  private static List<Attention> attention(
      Base base, boolean rewritten, List<Attention> foreign, List<Window> reopened) {
    List<Attention> entries = new ArrayList<>();
    Stream.concat(base.state().attention().stream(), foreign.stream())
        .map(RepairIntent::acknowledged)
        .forEach(entries::add);
    if (rewritten) {
      List<Window> concerned = new ArrayList<>(reopened);
      base.lineage().offMain().flatMap(RebuiltState::windows).forEach(concerned::add);
      WindowRanges.join(concerned)
          .forEach(w -> entries.add(new Attention(w, Attention.Reason.HISTORY_REWRITTEN, 0)));
    }
    return new AttentionList(List.of()).add(entries).entries();
  }

  private static Attention acknowledged(Attention entry) {
    return entry.reason() == Attention.Reason.FOREIGN_WRITE
        ? new Attention(entry.range(), Attention.Reason.ACKNOWLEDGED, entry.count())
        : entry;
  }

  private Map<String, @Nullable String> properties(
      Base base,
      Snapshot snapshot,
      TableState rebuilt,
      List<Window> reopened,
      List<Attention> attention,
      boolean rewritten) {
    Anchor anchor = new Anchor(snapshot.snapshotId(), snapshot.sequenceNumber());
    Map<String, @Nullable String> properties = new HashMap<>();
    properties.put(Keys.CLOSED, StateCodec.encode(rebuilt.closed(), rebuilt.cuts(), anchor));
    properties.put(
        Keys.SEALED_THROUGH,
        rebuilt.closed().boundary(base.contract().window().origin()).toString());
    properties.put(Keys.ATTENTION, StateCodec.encode(attention));
    if (!reopened.isEmpty()) {
      properties.put(Keys.REOPENED, commitId);
    }
    if (rewritten) {
      base.state().tokens().values().stream()
          .filter(token -> !reopened.isEmpty() || base.isLost(token))
          .map(token -> fence(token.streamId(), anchor, onMain(base, rebuilt, token)))
          .forEach(f -> properties.put(Keys.STREAM_PREFIX + f.streamId(), StateCodec.encode(f)));
    }
    return properties;
  }

  private static @Nullable StreamToken onMain(Base base, TableState rebuilt, StreamToken token) {
    return base.isLost(token) ? rebuilt.tokens().get(token.streamId()) : token;
  }

  /**
   * A stream that lost publishes must take over: a run that still holds one of them would commit
   * files again that expiry may have deleted. So must every stream where a window was reopened: a
   * run has let go of what it knew of it.
   */
  private StreamToken fence(String streamId, Anchor anchor, @Nullable StreamToken onMain) {
    StreamToken last = onMain == null ? StreamToken.none(streamId) : onMain;
    return last.fencedBy(streamId, commitId, anchor, last.retired());
  }

  @Override
  public RepairReport landed(Snapshot snapshot) {
    return Objects.requireNonNull(planned);
  }
}
