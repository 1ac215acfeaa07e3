package io.tidemark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A table that hostile texts would drop, and a directory that they would write outside of. */
record Canary(Shop shop, Path directory) {

  private static final List<String> BESIDE_THE_WAREHOUSE =
      List.of("catalog.db", "lake.yaml", "output", "password");

  static Canary in(Shop shop, Path directory) {
    shop.clear();
    shop.execute("CREATE TABLE canary AS SELECT 1 AS id");
    return new Canary(shop, directory);
  }

  void assertUnharmed() {
    assertThat(shop.texts("SELECT id FROM canary")).containsExactly("1");
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile))
          .allMatch(
              file ->
                  file.startsWith(directory.resolve("warehouse"))
                      || BESIDE_THE_WAREHOUSE.contains(directory.relativize(file).toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
