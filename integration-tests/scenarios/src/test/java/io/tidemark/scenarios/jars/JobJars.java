package io.tidemark.scenarios.jars;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the build with {@code -Pjob-jars} made. */
final class JobJars {

  /** The property that names the checkout; only that build sets it. */
  static final String CHECKOUT = "lake.job-jars";

  private JobJars() {}

  static Path of(String module) {
    Path target = checkout().resolve(module).resolve("target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.toString().endsWith("-job.jar"))
          .findAny()
          .orElseThrow(() -> new IllegalStateException("No job jar in " + target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the class path of a Flink distribution. */
  static String distribution() {
    try {
      return Files.readString(checkout().resolve("integration-tests/flink/target/flink.classpath"))
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the names of the classes in jars, by path. */
  static Set<String> classes(List<Path> jars) {
    return jars.stream()
        .flatMap(jar -> classes(jar).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> classes(Path path) {
    try (JarFile jar = new JarFile(path.toFile())) {
      return jar.stream()
          .map(Object::toString)
          .filter(name -> name.endsWith(".class"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path checkout() {
    return Path.of(System.getProperty(CHECKOUT));
  }
}
