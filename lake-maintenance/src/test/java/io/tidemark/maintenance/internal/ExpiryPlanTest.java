package io.tidemark.maintenance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.junit.jupiter.api.Test;

class ExpiryPlanTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void snapshotThatWasTheNewestWithinAFlightStays() {
    // Given: the table was quiet for a day, and moved on a minute ago
    Table table = table(3000, 2000, 1440, 1);

    // When
    ExpiryPlan plan = ExpiryPlan.of(table, limits(Duration.ZERO), NOW, NOW.minus(HOUR));

    // Then: a writer may still be at work on the third
    assertThat(plan.expired()).containsExactlyInAnyOrder(1L, 2L);
    assertThat(plan.heldBack()).isEqualTo(1);
  }

  @Test
  void snapshotUnderAnOlderTimeStampStays() {
    // Given: the clock of the third one's writer was a quarter of a minute behind
    Table table = table(300, 200, 200.25, 100);
    Instant guard = minutesAgo(200);

    // When
    ExpiryPlan plan = ExpiryPlan.of(table, limits(Duration.ZERO), NOW, guard);

    // Then
    assertThat(plan.expired()).containsExactly(1L);
  }

  @Test
  void ageIsTheCallersAndTheGuardIsTheFloor() {
    // Given
    Table table = table(500, 400, 300, 200, 100);

    // When
    ExpiryPlan byAge = ExpiryPlan.of(table, limits(Duration.ofMinutes(250)), NOW, minutesAgo(150));
    ExpiryPlan byGuard =
        ExpiryPlan.of(table, limits(Duration.ofMinutes(150)), NOW, minutesAgo(400));

    // Then
    assertThat(byAge.expired()).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(byAge.heldBack()).isZero();
    assertThat(byGuard.expired()).containsExactly(1L);
    assertThat(byGuard.heldBack()).isEqualTo(3);
  }

  @Test
  void tableWithoutSnapshotsHasNothingToExpire() {
    assertThat(ExpiryPlan.of(table(), limits(Duration.ZERO), NOW, NOW).expired()).isEmpty();
  }

  private static ExpiryLimits limits(Duration age) {
    return new ExpiryLimits(age, 1, Integer.MAX_VALUE, HOUR);
  }

  private static Instant minutesAgo(double minutes) {
    return NOW.minusMillis((long) (minutes * 60_000));
  }

  /** Returns a table whose snapshots 1, 2, .. were committed so many minutes ago. */
  private static Table table(double... minutesAgo) {
    StringJoiner snapshots = new StringJoiner(",");
    for (int i = 0; i < minutesAgo.length; i++) {
      snapshots.add(
          """
          {"snapshot-id":%d,"parent-snapshot-id":%d,"sequence-number":%1$d,"timestamp-ms":%d,\
          "summary":{"operation":"append"},"manifest-list":"s%1$d.avro","schema-id":0}"""
              .formatted(i + 1, i, minutesAgo(minutesAgo[i]).toEpochMilli())
              .replace("\"parent-snapshot-id\":0,", ""));
    }
    int head = minutesAgo.length;
    String main =
        head == 0
            ? ""
            : "\"current-snapshot-id\":%1$d,\"refs\":{\"main\":{\"snapshot-id\":%1$d,\"type\":\"branch\"}},"
                .formatted(head);
    String json =
        """
        {"format-version":2,"table-uuid":"7e2f6e0c-6f6e-4b6f-9a3e-0d8f4f0f9d11",\
        "location":"memory:/t","last-sequence-number":%d,"last-updated-ms":%d,"last-column-id":1,\
        "current-schema-id":0,"schemas":[{"type":"struct","schema-id":0,"fields":[\
        {"id":1,"name":"a","required":true,"type":"long"}]}],"default-spec-id":0,\
        "partition-specs":[{"spec-id":0,"fields":[]}],"last-partition-id":999,\
        "default-sort-order-id":0,"sort-orders":[{"order-id":0,"fields":[]}],"properties":{},%s\
        "snapshots":[%s],"snapshot-log":[],"metadata-log":[]}"""
            .formatted(head, NOW.toEpochMilli(), main, snapshots);
    return new BaseTable(
        new StaticTableOperations(
            TableMetadataParser.fromJson("memory:/t/metadata.json", json), new InMemoryFileIO()),
        "t");
  }
}
