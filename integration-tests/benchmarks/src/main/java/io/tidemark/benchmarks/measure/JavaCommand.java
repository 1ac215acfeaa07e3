package io.tidemark.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the JVMs that are measured are started: with the same heap and collector, and opened as this
 * JVM is.
 */
public final class JavaCommand {
  private final List<String> settings;

  /**
   * Takes the settings that all have in common.
   *
   * @param settings for instance {@code -Xmx4g}
   */
  public JavaCommand(List<String> settings) {
    this.settings = List.copyOf(settings);
  }

  /** Settings that all have in common. */
  public List<String> settings() {
    return settings;
  }

  /** A main class on this JVM's class path. */
  public List<String> own(String main, List<String> properties, String... args) {
    return of(System.getProperty("java.class.path"), main, properties, args);
  }

  /**
   * A main class on a class path of its own.
   *
   * @param properties arguments of the JVM, for instance {@code -Dx=y}
   */
  public List<String> of(String classPath, String main, List<String> properties, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(settings);
    command.addAll(properties);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(Arrays.asList(args));
    return command;
  }
}
