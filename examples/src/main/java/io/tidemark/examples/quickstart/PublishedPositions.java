package io.tidemark.examples.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** The source positions that the snapshots of a stream say they are complete to. */
final class PublishedPositions {

  private static final String SUMMARY_KEY = "tidemark.positions";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Long, Map<Integer, Long>> bySnapshot;

  PublishedPositions(Map<Long, Map<Integer, Long>> bySnapshot) {
    this.bySnapshot = Map.copyOf(bySnapshot);
  }

  static PublishedPositions of(Table table) {
    Map<Long, Map<Integer, Long>> bySnapshot = new TreeMap<>();
    for (Snapshot snapshot : table.snapshots()) {
      String positions = snapshot.summary().get(SUMMARY_KEY);
      if (positions != null) {
        bySnapshot.put(snapshot.snapshotId(), parse(positions));
      }
    }
    return new PublishedPositions(bySnapshot);
  }

  /** Returns the next offset by partition; empty where the snapshot is no publish. */
  Optional<Map<Integer, Long>> of(long snapshotId) {
    return Optional.ofNullable(bySnapshot.get(snapshotId));
  }

  /** Reads {@code {"ad-events-0":"17"}}. */
  private static Map<Integer, Long> parse(String text) {
    Map<Integer, Long> offsets = new TreeMap<>();
    try {
      JSON.readValue(text, new TypeReference<Map<String, Long>>() {})
          .forEach((name, next) -> offsets.put(partition(name), next));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the positions " + text, e);
    }
    return offsets;
  }

  private static int partition(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }
}
