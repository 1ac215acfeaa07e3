package io.tidemark.catalog.commit;

import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Cuts;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a unified table as its properties record it at one moment.
 *
 * @param closed the windows the batch owns
 * @param cuts what the latest seals cover, where the contract can compare rows with it
 * @param closedAnchor the snapshot that wrote the closed set, or null before the first seal
 * @param tokens a token for every stream, by stream id
 * @param attention what wants a seal or reseal
 * @param anchor the newest commit that followed the protocol, or null before the first
 * @param reopened the commit id of the last repair that opened windows again, or null
 */
public record TableState(
    ClosedSet closed,
    Cuts cuts,
    @Nullable Anchor closedAnchor,
    Map<String, StreamToken> tokens,
    List<Attention> attention,
    @Nullable Anchor anchor,
    @Nullable String reopened) {

  /** The state of a table before its first commit. */
  public static final TableState NEW =
      new TableState(ClosedSet.empty(), Cuts.none(), null, Map.of(), List.of(), null, null);

  public TableState {
    tokens = Map.copyOf(tokens);
    attention = List.copyOf(attention);
  }

  /** Returns the token of a stream, if it ever published. */
  public Optional<StreamToken> token(String streamId) {
    return Optional.ofNullable(tokens.get(streamId));
  }

  /**
   * Returns the parents of the first publish of a stream that starts at this state. A repair that
   * opens windows again fences the runs that never published, as it does all others: what they took
   * for late may be so no more.
   */
  public Set<String> beginning() {
    return reopened == null ? Set.of() : Set.of(reopened);
  }

  /** Returns the tokens of the streams that are not retired. */
  public List<StreamToken> liveTokens() {
    return tokens.values().stream().filter(t -> !t.retired()).toList();
  }

  /**
   * Returns the least committed watermark of all streams that are not retired; empty where one of
   * them has none, or there are none.
   */
  public Optional<Instant> watermark() {
    List<StreamToken> live = liveTokens();
    if (live.stream().anyMatch(t -> t.watermark() == null)) {
      return Optional.empty();
    }
    return live.stream().map(StreamToken::watermark).min(Instant::compareTo);
  }

  /** Returns what wants attention in a range. */
  public List<Attention> attentionIn(Window range) {
    return attention.stream()
        .filter(a -> a.range().lo().isBefore(range.hi()) && range.lo().isBefore(a.range().hi()))
        .toList();
  }
}
