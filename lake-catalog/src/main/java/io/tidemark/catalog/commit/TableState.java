package io.tidemark.catalog.commit;

import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Cuts;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 */
public record TableState(
    ClosedSet closed,
    Cuts cuts,
    @Nullable Anchor closedAnchor,
    Map<String, StreamToken> tokens,
    List<Attention> attention,
    @Nullable Anchor anchor) {

  /** The state of a table before its first commit. */
  public static final TableState NEW =
      new TableState(ClosedSet.empty(), Cuts.none(), null, Map.of(), List.of(), null);

  public TableState {
    tokens = Map.copyOf(tokens);
    attention = List.copyOf(attention);
  }

  /** Returns the token of a stream, if it ever published. */
  public Optional<StreamToken> token(String streamId) {
    return Optional.ofNullable(tokens.get(streamId));
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
