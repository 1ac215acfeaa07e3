package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.JavaCommand;
import io.tidemark.benchmarks.source.SourceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmark of loads as a command. Its exit code is 0 only where every load was right. */
@Command(
    name = "load",
    description = "Full loads of PostgreSQL tables: wall time, CPU and memory, start-up included.",
    mixinStandardHelpOptions = true)
public final class LoadBenchmarkCommand implements Callable<Integer> {
  /** The launcher is named here, and the file that holds Spark's class path. */
  private static final String LAUNCHER = "lake.launcher";

  private static final String SPARK_CLASS_PATH = "lake.spark-class-path";

  @Spec private CommandSpec spec;

  @Option(
      names = "--rows",
      defaultValue = "10000000",
      description = "Rows of each table. Default: ${DEFAULT-VALUE}; far fewer tell of start-up.")
  private long rows;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "How often each subject loads each table. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "An empty directory for load.json, logs and scripts; default: a temporary one.")
  private @Nullable Path out;

  @Option(
      names = "--tables",
      split = ",",
      defaultValue = "lineitem,order_events",
      description = "Default: ${DEFAULT-VALUE}.")
  private Set<SourceTable> tables = new LinkedHashSet<>();

  @Option(
      names = "--layouts",
      split = ",",
      defaultValue = "unpartitioned,partitioned",
      description = "Default: ${DEFAULT-VALUE}.")
  private Set<Partitioning> layouts = new LinkedHashSet<>();

  @Option(
      names = "--subjects",
      split = ",",
      defaultValue = "tidemark,spark,flink_sql",
      description = "Who loads. Default: ${DEFAULT-VALUE}.")
  private Set<String> subjects = new LinkedHashSet<>();

  @Option(
      names = "--heap",
      defaultValue = "4g",
      description = "The heap of every process that is measured. Default: ${DEFAULT-VALUE}.")
  private String heap;

  @Override
  public Integer call() throws Exception {
    if (rows < 1 || runs < 1) {
      throw refused("Cannot load %d rows %d times: both are at least 1", rows, runs);
    }
    JavaCommand java = new JavaCommand(List.of("-Xmx" + heap, "-XX:+UseSerialGC"));
    LoadBenchmark benchmark =
        new LoadBenchmark(
            rows, runs, chosenLayouts(), chosenSubjects(java), java, shownCommand(), directory());
    return benchmark.run(spec.commandLine().getOut()) ? 0 : 1;
  }

  private List<Layout> chosenLayouts() {
    List<Layout> chosen = new ArrayList<>();
    for (SourceTable table : tables) {
      layouts.forEach(layout -> chosen.add(new Layout(table, layout == Partitioning.PARTITIONED)));
    }
    return chosen;
  }

  private List<Subject> chosenSubjects(JavaCommand java) {
    List<Subject> chosen = new ArrayList<>();
    for (String name : subjects) {
      chosen.add(
          switch (name) {
            case TidemarkSubject.NAME -> new TidemarkSubject(java, launched(LAUNCHER));
            case SparkSubject.NAME -> new SparkSubject(java, launched(SPARK_CLASS_PATH));
            case FlinkSqlSubject.NAME -> new FlinkSqlSubject(java);
            default -> throw refused("Cannot run '%s': there is no such subject", name);
          });
    }
    return chosen;
  }

  private Path launched(String property) {
    String file = System.getProperty(property);
    if (file == null) {
      throw refused("Cannot find %s: start the benchmark with ./lake bench", property);
    }
    return Path.of(file);
  }

  private String shownCommand() {
    return "./lake bench "
        + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
  }

  private Path directory() throws IOException {
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

  private ParameterException refused(String reason, Object... values) {
    return new ParameterException(spec.commandLine(), reason.formatted(values));
  }

  /** Whether the target tables are partitioned. */
  enum Partitioning {
    UNPARTITIONED,
    PARTITIONED
  }
}
