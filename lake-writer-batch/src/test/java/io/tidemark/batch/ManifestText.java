package io.tidemark.batch;

import io.tidemark.catalog.manifest.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A manifest with the parts that tests change. */
public record ManifestText(
    Path directory,
    String url,
    String user,
    Path password,
    int connections,
    String query,
    String splitBy) {

  public ManifestText url(String other) {
    return new ManifestText(directory, other, user, password, connections, query, splitBy);
  }

  public ManifestText user(String other) {
    return new ManifestText(directory, url, other, password, connections, query, splitBy);
  }

  public ManifestText password(Path other) {
    return new ManifestText(directory, url, user, other, connections, query, splitBy);
  }

  public ManifestText connections(int other) {
    return new ManifestText(directory, url, user, password, other, query, splitBy);
  }

  public ManifestText query(String other) {
    return new ManifestText(directory, url, user, password, connections, other, splitBy);
  }

  public ManifestText splitBy(String column) {
    return new ManifestText(
        directory, url, user, password, connections, query, ", split-by: \"" + column + "\"");
  }

  Manifest load() {
    return Manifest.load(write());
  }

  public Path write() {
    String yaml =
        """
        catalog: { type: jdbc, uri: "jdbc:sqlite:%1$s/catalog.db", warehouse: "%1$s/warehouse" }
        sources:
          ads-db: { type: postgresql, url: "%2$s", user: "%3$s", password: "${file:%4$s}", connections: %5$d }
        tables:
          ads.campaign_hourly:
            period: { column: hour, grain: hour }
            window: { unit: day, zone: Asia/Seoul, origin: 2026-11-01 }
            keys: { campaign_id: long, placement: string }
            measures: { impressions: { type: long, merge: sum }, clicks: { type: long, merge: sum }, cost: { type: "decimal(18,2)", merge: sum } }
            batch:
              from: { source: ads-db, query: "%6$s"%7$s }
        """
            .formatted(
                directory, url, user, password, connections, query.replace("\"", "\\\""), splitBy);
    try {
      Files.createDirectories(directory);
      return Files.writeString(directory.resolve("lake.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
