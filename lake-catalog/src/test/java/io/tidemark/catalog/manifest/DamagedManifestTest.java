package io.tidemark.catalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tidemark.catalog.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A good manifest, damaged in every place: it is read or complained about, never a crash. */
class DamagedManifestTest {

  private static final Path GOOD = Path.of("src/test/resources/manifest/lake.yaml");
  private static final List<String> VALUES = List.of("", "~", "{}", "*a");

  @TempDir Path dir;

  @Test
  void cutOffAnywhere() throws IOException {
    String good = Files.readString(GOOD);
    check(
        IntStream.range(0, good.length())
            .filter(i -> i % 7 == 0)
            .mapToObj(end -> good.substring(0, end)));
  }

  @Test
  void aLineMissingOrTwice() throws IOException {
    List<String> good = Files.readAllLines(GOOD);
    check(
        IntStream.range(0, good.size())
            .boxed()
            .flatMap(
                line ->
                    Stream.of(
                        String.join("\n", replaced(good, line, List.of())),
                        String.join(
                            "\n", replaced(good, line, List.of(good.get(line), good.get(line)))))));
  }

  @Test
  void anyWordReplaced() throws IOException {
    String good = Files.readString(GOOD);
    List<String> words = Stream.of(good.split("[^A-Za-z0-9_.-]+")).distinct().toList();
    check(words.stream().flatMap(word -> VALUES.stream().map(v -> good.replace(word, v))));
  }

  private void check(Stream<String> manifests) {
    manifests.forEach(this::check);
  }

  private void check(String manifest) {
    Path file = dir.resolve("lake.yaml");
    Throwable thrown =
        catchThrowable(
            () -> {
              Files.writeString(file, manifest);
              Manifest.load(file);
            });
    if (thrown != null) {
      assertThat(thrown).as(manifest).isInstanceOf(InvalidRequestException.class);
    }
  }

  private static List<String> replaced(List<String> lines, int at, List<String> by) {
    List<String> changed = new ArrayList<>(lines.subList(0, at));
    changed.addAll(by);
    changed.addAll(lines.subList(at + 1, lines.size()));
    return changed;
  }
}
