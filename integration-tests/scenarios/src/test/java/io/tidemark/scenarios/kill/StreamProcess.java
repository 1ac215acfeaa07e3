package io.tidemark.scenarios.kill;

import io.tidemark.fixtures.ForkedJvm;
import io.tidemark.stream.job.StreamMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The stream of a site in a JVM of its own, which logs much. */
final class StreamProcess {

  /** Log4j's variable for a file on the class path. */
  static final Map<String, String> TALKATIVE =
      Map.of("LOG4J_CONFIGURATION_FILE", "talkative-log4j2.xml");

  private StreamProcess() {}

  /** Starts it from its last checkpoint, if there is one. */
  static ForkedJvm start(Site site) {
    return lastCheckpoint(site)
        .map(checkpoint -> start(site, "--from-savepoint", checkpoint.toString()))
        .orElseGet(() -> start(site, new String[0]));
  }

  /** Starts it without Flink's state. */
  static ForkedJvm takeOver(Site site) {
    return start(site, "--take-over");
  }

  private static ForkedJvm start(Site site, String... more) {
    List<String> arguments = new ArrayList<>(List.of(site.table()));
    arguments.addAll(List.of("--manifest", site.manifest().toString()));
    arguments.addAll(List.of("--checkpoint-interval", "300ms"));
    arguments.addAll(List.of("--checkpoints", site.checkpoints().toString()));
    arguments.addAll(List.of("--parallelism", "2"));
    arguments.addAll(List.of(more));
    return ForkedJvm.start(StreamMain.class.getName(), TALKATIVE, site.output(), arguments);
  }

  private static Optional<Path> lastCheckpoint(Site site) {
    if (!Files.exists(site.checkpoints())) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(site.checkpoints())) {
      return files
          .filter(path -> path.getFileName().toString().equals("_metadata"))
          .max(Comparator.comparing(StreamProcess::written))
          .map(Path::getParent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
