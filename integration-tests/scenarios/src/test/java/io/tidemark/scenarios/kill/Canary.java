package io.tidemark.scenarios.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for secrets in everything that jobs wrote: objects, checkpoints, and what they printed. */
final class Canary {

  private Canary() {}

  static void assertNoSecretIn(Site site) {
    for (Path place : List.of(site.directory().resolve("s3"), site.checkpoints(), site.output())) {
      assertNoSecretIn(place);
    }
  }

  private static void assertNoSecretIn(Path place) {
    if (!Files.exists(place)) {
      return;
    }
    try (Stream<Path> files = Files.walk(place)) {
      files.filter(Files::isRegularFile).forEach(Canary::assertNoSecretInFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertNoSecretInFile(Path file) {
    try {
      String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      for (String secret : Site.SECRETS.values()) {
        assertThat(content.contains(secret)).as("%s in %s", secret, file).isFalse();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
