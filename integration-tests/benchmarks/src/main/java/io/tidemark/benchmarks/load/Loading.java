package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.MeasuredProcess;
import io.tidemark.benchmarks.measure.MeasuredProcess.Usage;
import io.tidemark.benchmarks.measure.ServerCpu;
import io.tidemark.benchmarks.source.SourceDatabase;
import io.tidemark.benchmarks.source.SourceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Has a subject load a table into a lake of its own, measures it, and checks what it has loaded.
 */
public final class Loading {
  private static final Duration LIMIT = Duration.ofHours(1);

  private final SourceDatabase source;
  private final Map<SourceTable, SourceFacts> facts;
  private final Path directory;
  private final Map<String, String> commands;

  /**
   * Takes a source that is filled.
   *
   * @param directory for logs and scripts; data files are deleted once they were checked
   * @param commands receives how each subject was started, by its name
   */
  public Loading(
      SourceDatabase source,
      Map<SourceTable, SourceFacts> facts,
      Path directory,
      Map<String, String> commands) {
    this.source = source;
    this.facts = facts;
    this.directory = directory;
    this.commands = commands;
  }

  /** Loads, and checks what came of it. */
  public LoadResult load(int run, Subject subject, Layout layout)
      throws IOException, InterruptedException {
    return measure(run, subject, layout).get();
  }

  /** Loads; what is returned checks what came of it, which takes a while, and deletes it. */
  public Supplier<LoadResult> measure(int run, Subject subject, Layout layout)
      throws IOException, InterruptedException {
    LoadTask task = task(run, subject, layout);
    task.lake().create(layout.table(), layout.partitioned(), subject::tune);
    ProcessBuilder process = subject.prepare(task);
    commands.putIfAbsent(subject.name(), shown(process.command()));
    process.redirectErrorStream(true).redirectOutput(task.directory().resolve("log").toFile());
    ServerCpu server = new ServerCpu(source.pid());
    double before = server.seconds();
    Usage usage = MeasuredProcess.run(process, LIMIT);
    double serverCpu = server.seconds() - before;
    return () -> check(run, subject, layout, task, usage, serverCpu);
  }

  private LoadResult check(
      int run, Subject subject, Layout layout, LoadTask task, Usage usage, double serverCpu) {
    LoadCheck check = LoadCheck.of(task, usage.exitCode(), facts.get(layout.table()).digest());
    task.lake().delete();
    return new LoadResult(
        run,
        subject.name(),
        layout.table().tableName(),
        layout.partitioned(),
        usage.wallSeconds(),
        usage.cpuSeconds(),
        serverCpu,
        usage.peakRssBytes() / 1e6,
        check.files(),
        check.bytes() / 1e6,
        check.problem() == null,
        check.problem());
  }

  private LoadTask task(int run, Subject subject, Layout layout) throws IOException {
    String partitioning = layout.partitioned() ? "partitioned" : "unpartitioned";
    String table = layout.table().tableName();
    String name = "%s-%s-%s-%d".formatted(table, partitioning, subject.name(), run);
    Path own = Files.createDirectories(directory.resolve("runs").resolve(name));
    SourceDatabase.Bounds bounds = facts.get(layout.table()).bounds();
    LocalLake lake = new LocalLake(own.resolve("lake"));
    return new LoadTask(layout.table(), layout.partitioned(), source, bounds, lake, own);
  }

  /** Without the class path, which is long, and what is opened to all. */
  private static String shown(List<String> command) {
    List<String> shown = new ArrayList<>(command);
    int classPath = shown.indexOf("-cp");
    if (classPath >= 0) {
      shown.set(classPath + 1, "...");
    }
    shown.removeIf(argument -> argument.startsWith("--add-opens"));
    return String.join(" ", shown);
  }
}
