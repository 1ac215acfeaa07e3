package io.tidemark.scenarios.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.fixtures.EmbeddedKafka;
import io.tidemark.fixtures.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A secret that jobs are told by reference, and that nothing they leave behind may hold. */
enum Canary {
  DATABASE_PASSWORD(EmbeddedPostgresServer.PASSWORD),
  S3_SECRET("tidemark-secret"),
  CATALOG_TOKEN("canary-catalog-token"),
  KAFKA_PASSWORD(EmbeddedKafka.PASSWORD);

  private final String value;

  Canary(String value) {
    this.value = value;
  }

  String value() {
    return value;
  }

  /** Returns what the manifest of a site says in its place, see {@link Site#write}. */
  String reference() {
    return "${file:@secrets@/" + name() + "}";
  }

  /** Looks for every secret in everything that the jobs of a site wrote. */
  static void assertNoneIn(Site site) {
    for (Path place : List.of(site.objects(), site.checkpoints(), site.output())) {
      try (Stream<Path> files = Files.exists(place) ? Files.walk(place) : Stream.empty()) {
        files.filter(Files::isRegularFile).forEach(f -> assertNoneIn(read(f), f.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Looks for every secret, in plain and in Base64. */
  static void assertNoneIn(byte[] bytes, String where) {
    String content = new String(bytes, StandardCharsets.ISO_8859_1);
    for (Canary canary : values()) {
      assertThat(content.contains(canary.value)).as("%s in %s", canary, where).isFalse();
      String encoded =
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(canary.value.getBytes(StandardCharsets.UTF_8));
      assertThat(content.contains(encoded)).as("%s in Base64 in %s", canary, where).isFalse();
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
