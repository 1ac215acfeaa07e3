package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.JavaCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A benchmark as a command: its exit code is 0 only where every load was right. */
@Command(mixinStandardHelpOptions = true)
public abstract class BenchmarkCommand implements Callable<Integer> {
  /** The launcher is named here, and the file that holds Spark's class path. */
  private static final String LAUNCHER = "lake.launcher";

  static final String SPARK_CLASS_PATH = "lake.spark-class-path";

  @Spec private CommandSpec spec;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "How often each figure is measured. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "An empty directory for the results, logs and scripts; default: a temporary one.")
  private @Nullable Path out;

  @Option(
      names = "--heap",
      defaultValue = "4g",
      description = "The heap of every process that is measured. Default: ${DEFAULT-VALUE}.")
  private String heap;

  @Override
  public final Integer call() throws Exception {
    return run(spec.commandLine().getOut()) ? 0 : 1;
  }

  /** Measures, and returns whether every load was right. */
  protected abstract boolean run(PrintWriter out) throws Exception;

  /** How often each figure is measured, at least once. */
  protected final int runs() {
    if (runs < 1) {
      throw refused("Cannot measure %d times: it is at least 1", runs);
    }
    return runs;
  }

  /** Refuses what cannot be loaded. */
  protected final long positive(long rows) {
    if (rows < 1) {
      throw refused("Cannot load %d rows: they are at least 1", rows);
    }
    return rows;
  }

  final String heap() {
    return heap;
  }

  /** How processes are started with the heap that was asked for. */
  final JavaCommand java() {
    return java(heap);
  }

  /** How processes are started with another heap. */
  static JavaCommand java(String heap) {
    return new JavaCommand(List.of("-Xmx" + heap, "-XX:+UseSerialGC"));
  }

  /** Tidemark as it is started by default. */
  protected final Subject tidemark() {
    return tidemark(java());
  }

  final Subject tidemark(Variant variant) {
    return new TidemarkSubject(java(), launched(LAUNCHER), variant);
  }

  final Subject tidemark(JavaCommand java) {
    return new TidemarkSubject(java, launched(LAUNCHER), Variant.TIDEMARK);
  }

  /** What the launcher named. */
  final Path launched(String property) {
    String file = System.getProperty(property);
    if (file == null) {
      throw refused("Cannot find %s: start the benchmark with ./lake bench", property);
    }
    return Path.of(file);
  }

  /** The command as it was given. */
  protected final String shownCommand() {
    return "./lake bench "
        + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
  }

  /** The directory for all that is written. */
  protected final Path directory() throws IOException {
    if (out == null) {
      return Files.createTempDirectory("tidemark-bench-");
    }
    Path directory = Files.createDirectories(out.toAbsolutePath().normalize());
    try (Stream<Path> entries = Files.list(directory)) {
      if (entries.findAny().isPresent()) {
        throw refused("Cannot use %s: it is not empty", directory);
      }
    }
    return directory;
  }

  final ParameterException refused(String reason, Object... values) {
    return new ParameterException(spec.commandLine(), reason.formatted(values));
  }
}
