package io.tidemark.catalog.internal;

import io.tidemark.catalog.commit.Publish;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.StreamFencedException;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.contract.OpenLayout;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * A stream's chain of publishes at one base of the table: each names the one before. Ids are random
 * and never come back, so what does not continue the chain now never will.
 */
final class Chain {

  private final Base main;
  private final String streamId;

  Chain(Base main, String streamId) {
    this.main = main;
    this.streamId = streamId;
  }

  String streamId() {
    return streamId;
  }

  Optional<StreamToken> head() {
    return main.state().token(streamId);
  }

  /** Tells whether a publish that accepts these tokens may come next. */
  boolean continuesWith(Set<String> parents) {
    return head()
        .map(token -> parents.contains(token.commitId()))
        .orElseGet(() -> parents.equals(main.state().beginning()));
  }

  /**
   * Checks that a publish continues what the table has of the stream.
   *
   * @throws StreamFencedException if it does not
   */
  void check(Publish publish) {
    checkOwner(head().isPresent());
    if (!continuesWith(publish.parents())) {
      throw new StreamFencedException(
          "Cannot publish %s of stream %s to %s: the table has %s, this run continues %s. Another run of the stream went on: stop this one, or start it with an explicit take-over. Nothing was committed."
              .formatted(
                  publish.commitId(),
                  streamId,
                  main.name(),
                  head().map(StreamToken::commitId).orElse("no publish of it"),
                  publish.parents()));
    }
  }

  /**
   * Returns the token that a take-over goes on from: the stream's own, or in {@code cells}, which
   * have one owner, that of the stream that was retired last.
   */
  Optional<StreamToken> heritage() {
    Optional<StreamToken> own = head();
    return own.isPresent() || main.contract().layout() != OpenLayout.CELLS
        ? own
        : main.state().tokens().values().stream()
            .filter(StreamToken::retired)
            .max(Comparator.comparingLong(StreamToken::sequenceNumber));
  }

  /**
   * Checks that no other stream has rows in the cells, which are replaced whole.
   *
   * @param takesOver whether this stream has taken over what retired ones left
   * @throws RefusedException if one has
   */
  void checkOwner(boolean takesOver) {
    if (main.contract().layout() != OpenLayout.CELLS) {
      return;
    }
    for (StreamToken other : main.state().tokens().values()) {
      if (!other.streamId().equals(streamId) && !(other.retired() && takesOver)) {
        throw new RefusedException(
            "Cannot write stream %s to %s: in the layout cells it would replace the rows of stream %s. Retire that one and take over from it, or use the layout events. Nothing was committed."
                .formatted(streamId, main.name(), other.streamId()));
      }
    }
  }

  /**
   * Tells whether a commit is part of the chain, or may be for all that is retained: it landed, or
   * one that landed continues it.
   *
   * @param after a sequence number that main had before the commit; what comes after the last
   *     publish is none of the chain
   */
  boolean mayHold(String commitId, long after) {
    if (after >= head().map(StreamToken::publishedAt).orElse(0L)) {
      return false;
    }
    return !main.lineage().reachesBackTo(after)
        || main.lineage().stream()
            .anyMatch(
                s ->
                    commitId.equals(s.summary().get(Keys.COMMIT_ID))
                        || Summaries.parents(s).contains(commitId));
  }

  /** Returns the sequence number of main's head, 0 before the first snapshot. */
  long sequenceNumber() {
    var head = main.metadata().currentSnapshot();
    return head == null ? 0 : head.sequenceNumber();
  }
}
