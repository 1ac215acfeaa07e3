package io.tidemark.examples.quickstart;

import io.tidemark.catalog.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;

/**
 * The directory that a quickstart works in.
 *
 * @param dir an absolute path
 */
record Workplace(Path dir) {

  /**
   * Takes a directory that is empty, or makes one.
   *
   * @throws InvalidRequestException if it has something in it
   */
  static Workplace in(Path dir) throws IOException {
    Path absolute = dir.toAbsolutePath().normalize();
    if (Files.exists(absolute) && !isEmpty(absolute)) {
      throw new InvalidRequestException(
          "Cannot use %s: it is not an empty directory".formatted(absolute));
    }
    return new Workplace(Files.createDirectories(absolute));
  }

  static Workplace temporary() throws IOException {
    return new Workplace(Files.createTempDirectory("tidemark-quickstart-"));
  }

  Path manifest() {
    return dir.resolve("lake.yaml");
  }

  Path summary() {
    return dir.resolve("summary.json");
  }

  /** What the embedded servers keep while they are up. */
  Path parts() {
    return dir.resolve("parts");
  }

  /** Deletes what only the servers needed; they are down. */
  void clear() {
    FileUtil.fullyDelete(parts().toFile());
  }

  Path s3() {
    return dir.resolve("s3");
  }

  /** Writes a secret to a file that only its owner reads, and returns the reference to it. */
  String keepSecret(String name, String value) throws IOException {
    Path secrets = dir.resolve("secrets");
    if (Files.notExists(secrets)) {
      Files.createDirectory(secrets, permissions("rwx------"));
    }
    Path file = Files.createFile(secrets.resolve(name), permissions("rw-------"));
    Files.writeString(file, value);
    return "${file:" + file + "}";
  }

  private static java.nio.file.attribute.FileAttribute<?> permissions(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static boolean isEmpty(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(dir)) {
      return entries.findAny().isEmpty();
    }
  }
}
