package io.tidemark.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The manifest that the quickstart's jobs run from. */
final class StoryManifest {

  static final String TABLE = "ads.campaign_hourly";
  static final String LATE = TABLE + "__late";
  static final String DEAD_LETTERS = TABLE + "__dead";

  private static final String TEXT =
      """
      catalog:
      %s
      sources:
        ads-db: { type: postgresql, url: "%s", user: %s, password: "%s", connections: 2 }
        events: { type: kafka, bootstrap: "%s" }
      tables:
        ads.campaign_hourly:
          period:  { column: hour, grain: hour }
          window:  { unit: day, zone: %s, origin: %s }
          keys:    { campaign_id: long, placement: string }
          measures: { impressions: { type: long, merge: sum }, clicks: { type: long, merge: sum }, cost: { type: "decimal(18,2)", merge: sum } }
          stream:
            id: campaign-hourly
            from: { source: events, topic: %s, format: json, event-time: occurred_at, out-of-order: 2m }
            fields: { occurred_at: timestamptz, type: string, campaign_id: long, placement: string, price: "decimal(18,2)" }
            select: >
              SELECT FLOOR(occurred_at TO HOUR) AS `hour`, campaign_id, placement,
                     IF(type = 'impression', 1, 0) AS impressions, IF(type = 'click', 1, 0) AS clicks, price AS cost
            late: quarantine
          batch:
            from: { source: ads-db, query: "SELECT hour, campaign_id, placement, impressions, clicks, cost FROM billing.settled WHERE hour >= :lo AND hour < :hi" }
      """;

  private StoryManifest() {}

  static void write(Path file, Playground playground, StoryDays days) throws IOException {
    Files.writeString(
        file,
        TEXT.formatted(
            catalog(playground.storage().catalog()),
            playground.databaseUrl(),
            Playground.READER,
            playground.readerPassword(),
            playground.kafkaServers(),
            StoryDays.ZONE,
            days.first(),
            AdTopic.NAME));
  }

  private static String catalog(Map<String, String> properties) {
    return properties.entrySet().stream()
        .map(entry -> "  %s: \"%s\"".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
