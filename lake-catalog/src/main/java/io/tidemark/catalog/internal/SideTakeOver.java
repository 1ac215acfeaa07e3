package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.commit.StreamToken;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;

/**
 * Cleans a side table up once a stream was taken over or retired on main, and ends every attempt
 * that an older run has under way there: it fails on this commit's snapshot, and main tells it that
 * it is fenced.
 */
final class SideTakeOver implements CommitIntent<Boolean> {

  private final StreamToken token;
  private final Supplier<Base> main;

  /**
   * @param token what the take-over left on main
   * @param main reads main anew
   */
  SideTakeOver(StreamToken token, Supplier<Base> main) {
    this.token = token;
    this.main = main;
  }

  @Override
  public String commitId() {
    return token.commitId();
  }

  @Override
  public String afterRewrite() {
    return SideTable.AFTER_REWRITE;
  }

  @Override
  public Step<Boolean> plan(Base base) {
    Chain chain = new Chain(main.get(), token.streamId());
    if (!chain.continuesWith(Set.of(token.commitId()))) {
      throw new StreamFencedException(
          "Cannot settle stream %s as %s: another run took it over meanwhile. Nothing is left to do."
              .formatted(token.streamId(), token.commitId()));
    }
    Abandoned abandoned = new Abandoned(chain, base);
    return new Step.Commit<>(
        tx -> abandoned.replace(tx, token.commitId(), List.of()),
        summary(),
        snapshot -> Map.of(),
        snapshot -> true);
  }

  private Map<String, String> summary() {
    Writer writer = token.retired() ? Writer.RETIREMENT : Writer.TAKE_OVER;
    return Map.of(
        Keys.WRITER, writer.toString(),
        Keys.STREAM_ID, token.streamId(),
        Keys.AFTER, Long.toString(token.sequenceNumber() - 1));
  }

  @Override
  public Boolean landed(Snapshot snapshot) {
    return true;
  }
}
