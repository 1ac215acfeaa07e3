package io.tidemark.stream.job;

import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.RefusedException;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.manifest.TableEntry;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How a job without state begins.
 *
 * @param token the token of the take-over, or null for a stream that never published
 * @param offsets where the source starts to read
 */
record TakeOver(@Nullable StreamToken token, StartingOffsets offsets) {

  /** Leaves everything to the state of the job, or begins a new stream. */
  static final TakeOver NONE = new TakeOver(null, StartingOffsets.EARLIEST);

  /**
   * Takes a stream over, fencing every run before it, if it has published.
   *
   * @throws RefusedException if it would leave a gap or duplicates that are not accepted
   */
  static TakeOver of(
      UnifiedTable table, TableEntry.Stream stream, KafkaTopic topic, Restart restart) {
    Optional<StreamToken> token = table.predecessor(stream.id());
    if (token.isEmpty()) {
      return NONE;
    }
    String start = "Cannot start stream %s of %s".formatted(stream.id(), table.identifier());
    if (restart == Restart.WITH_STATE) {
      throw new RefusedException(start + withoutState(stream, token.get()));
    }
    checkPositions(start, known(token.get(), stream), stream, restart);
    checkRetained(start, known(token.get(), stream), topic, restart);
    boolean gap = restart == Restart.ACCEPT_GAP;
    StreamToken taken = table.takeOver(stream.id(), UUID.randomUUID().toString());
    Map<String, String> known = known(taken, stream);
    return new TakeOver(
        withPositions(taken, known), new StartingOffsets(known, gap && known.isEmpty(), gap));
  }

  private static String withoutState(TableEntry.Stream stream, StreamToken token) {
    return token.streamId().equals(stream.id())
        ? " without its state: it has published before. Restore it with --from-savepoint, or say --take-over to go on from the positions the table has"
        : " anew: the open rows are those of stream %s, which was retired. Say --take-over to go on from them"
            .formatted(token.streamId());
  }

  /** Returns the positions a token has in the stream's topic; it may have read another before. */
  private static Map<String, String> known(StreamToken token, TableEntry.Stream stream) {
    return token.positions().entrySet().stream()
        .filter(p -> topicOf(p.getKey()).equals(stream.topic()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Returns the topic of a partition's name, e.g. {@code ads-2} of {@code ads-2-0}. */
  private static String topicOf(String partition) {
    return partition.substring(0, Math.max(0, partition.lastIndexOf('-')));
  }

  /** What the stream once read of another topic is not carried on. */
  private static StreamToken withPositions(StreamToken token, Map<String, String> known) {
    return new StreamToken(
        token.streamId(),
        token.commitId(),
        token.snapshotId(),
        token.sequenceNumber(),
        token.publishedAt(),
        token.watermark(),
        known,
        token.retired());
  }

  private static void checkPositions(
      String start, Map<String, String> known, TableEntry.Stream stream, Restart restart) {
    if (known.isEmpty() && restart == Restart.TAKE_OVER) {
      throw new RefusedException(
          "%s: the table has no positions in topic %s. Say --accept-gap to read from its end, or --accept-duplicates to read it from its beginning"
              .formatted(start, stream.topic()));
    }
  }

  private static void checkRetained(
      String start, Map<String, String> positions, KafkaTopic topic, Restart restart) {
    for (Map.Entry<TopicPartition, Long> partition : topic.earliest().entrySet()) {
      String next = positions.get(partition.getKey().toString());
      boolean gone = next != null && Long.parseLong(next) < partition.getValue();
      if (gone && restart != Restart.ACCEPT_GAP) {
        throw new RefusedException(
            "%s: the table is complete to offset %s of %s, and Kafka has nothing before %d any more. Say --accept-gap to go on from there"
                .formatted(start, next, partition.getKey(), partition.getValue()));
      }
    }
  }
}
