package io.tidemark.catalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.catalog.InvalidRequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Every bad manifest is a good one with one thing replaced. */
abstract class BadManifest {

  static final String GOOD =
      """
      catalog:
        type: jdbc
        uri: jdbc:postgresql://db:5432/lake
        warehouse: s3://lake/warehouse
        user: lake
        password: ${env:LAKE_PASSWORD}
      sources:
        ads-db:
          type: postgresql
          url: jdbc:postgresql://replica:5432/ads
          user: ads
          password: ${env:ADS_PASSWORD}
        events: { type: kafka, bootstrap: "broker:9092" }
      tables:
        ads.campaign_hourly:
          period:
            column: hour
            grain: hour
          window:
            unit: day
            zone: Asia/Seoul
            origin: 2024-01-01
          keys:
            campaign_id: long
          measures:
            clicks: { type: long, merge: sum }
          stream:
            id: campaign-hourly
            from:
              source: events
              topic: ad-events
              format: json
              event-time: occurred_at
              out-of-order: 2m
            fields:
              occurred_at: timestamptz
              campaign_id: long
            select: SELECT 1
            late: quarantine
          batch:
            from:
              source: ads-db
              query: SELECT 1 WHERE t >= :lo AND t < :hi
      """;

  @TempDir Path dir;

  /** The complaints about the good manifest with one thing replaced. */
  List<String> complaints(String good, String bad) {
    assertThat(GOOD).contains(good);
    return complaintsAbout(GOOD.replace(good, bad));
  }

  /** The complaints without the file's name: {@code <line>: <text>}. */
  List<String> complaintsAbout(String yaml) {
    String prefix = dir.resolve("lake.yaml") + ":";
    return message(yaml).lines().skip(1).map(line -> line.replace(prefix, "")).toList();
  }

  /** What is said about a manifest that is refused. */
  String message(String yaml) {
    Path file = dir.resolve("lake.yaml");
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return catchThrowableOfType(InvalidRequestException.class, () -> Manifest.load(file))
        .getMessage();
  }
}
