package io.tidemark.catalog.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that a published version wrote into tables. They are never changed, only added to. */
final class Golden {

  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  private Golden() {}

  /** Returns the content of a file, without its last line break. */
  static String read(String file) {
    try {
      return Files.readString(DIRECTORY.resolve(file)).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
