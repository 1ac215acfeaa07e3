package io.tidemark.stream.job;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a stream without state starts to read: behind what the table is complete to, and at the
 * earliest event of partitions that the table knows nothing of.
 *
 * <p>Where Kafka no longer has the events that come next, the job fails rather than leave a gap,
 * unless a gap was accepted.
 *
 * @param positions the next offsets by {@code <topic>-<partition>}
 * @param atLatest whether unknown partitions are read from their end, which leaves a gap
 * @param acceptGap whether events that Kafka no longer has are passed over
 */
record StartingOffsets(Map<String, String> positions, boolean atLatest, boolean acceptGap)
    implements OffsetsInitializer {

  /** Reads everything there is. */
  static final StartingOffsets EARLIEST = new StartingOffsets(Map.of(), false, false);

  StartingOffsets {
    positions = Map.copyOf(positions);
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever kafka) {
    Set<TopicPartition> unknown =
        partitions.stream()
            .filter(p -> !positions.containsKey(p.toString()))
            .collect(Collectors.toSet());
    Map<TopicPartition, Long> offsets =
        new HashMap<>(atLatest ? kafka.endOffsets(unknown) : kafka.beginningOffsets(unknown));
    for (TopicPartition partition : partitions) {
      String next = positions.get(partition.toString());
      if (next != null) {
        offsets.put(partition, Long.valueOf(next));
      }
    }
    return offsets;
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return acceptGap ? OffsetResetStrategy.EARLIEST : OffsetResetStrategy.NONE;
  }
}
