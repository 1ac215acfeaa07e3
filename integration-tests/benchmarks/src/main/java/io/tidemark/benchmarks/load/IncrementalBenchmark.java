package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.MeasuredProcess;
import io.tidemark.benchmarks.measure.MeasuredProcess.Usage;
import io.tidemark.benchmarks.measure.ServerCpu;
import io.tidemark.benchmarks.source.PostgresDatabase;
import io.tidemark.benchmarks.source.SourceDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;

/**
 * Loads a table whole, and then again and again what changed in it meanwhile: rows all over the
 * table, found by the transactions that wrote them, as the table has no index to find them by.
 */
record IncrementalBenchmark(long rows, Layout layout, int runs, Subject subject, Path directory) {

  private static final Duration LIMIT = Duration.ofHours(1);
  private static final List<Integer> CHANGED_PER_MILLE = List.of(0, 1, 10, 100);

  /** Returns whether the table was right after every load. */
  boolean run(String command, PrintWriter out) throws Exception {
    Progress progress = new Progress(out);
    progress.say("everything written is in %s", directory);
    Path data = directory.resolve("database");
    List<IncrementalLoad> loads = new ArrayList<>();
    IncrementalReport report;
    try (SourceDatabase source = PostgresDatabase.start(data)) {
      for (int run = 1; run <= runs; run++) {
        source.fill(layout.table(), rows);
        progress.say("filled %s with %,d rows", layout.table().tableName(), rows);
        loads.addAll(run(run, source, progress));
        source.drop(layout.table());
      }
      report = new IncrementalReport(Environment.here(source.version()), command, rows, loads);
    } finally {
      FileUtil.fullyDelete(data.toFile());
    }
    report.write(directory);
    progress.say("measured: %s.json and %1$s.md", directory.resolve("incremental"));
    return loads.stream().allMatch(IncrementalLoad::valid);
  }

  private List<IncrementalLoad> run(int run, SourceDatabase source, Progress progress)
      throws Exception {
    Path own = Files.createDirectories(directory.resolve("runs").resolve("run-" + run));
    LocalLake lake = new LocalLake(own.resolve("lake"));
    SourceDatabase.Bounds bounds = source.bounds(layout.table());
    LoadTask task = new LoadTask(layout.table(), layout.partitioned(), source, bounds, lake, own);
    lake.create(layout.table(), layout.partitioned(), subject::tune);
    List<IncrementalLoad> loads = new ArrayList<>();
    for (int perMille : CHANGED_PER_MILLE) {
      long changed = perMille == 0 ? rows : change(source, perMille);
      IncrementalLoad load = load(run, perMille, changed, task);
      loads.add(load);
      progress.say("run %d/%d, %s", run, runs, load);
    }
    lake.delete();
    return loads;
  }

  private long change(SourceDatabase source, int perMille) throws SQLException {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(
          "UPDATE %s SET quantity = quantity + 1, updated_at = localtimestamp WHERE %s %% 1000 < %d"
              .formatted(layout.table().tableName(), layout.table().splitColumn(), perMille));
    }
  }

  private IncrementalLoad load(int run, int perMille, long changed, LoadTask task)
      throws IOException, InterruptedException, SQLException {
    ProcessBuilder process = subject.prepare(task);
    Path log = task.directory().resolve("log-%d".formatted(perMille));
    process.redirectErrorStream(true).redirectOutput(log.toFile());
    ServerCpu server = new ServerCpu(task.source().pid());
    double before = server.seconds();
    Usage usage = MeasuredProcess.run(process, LIMIT);
    double serverCpu = server.seconds() - before;
    LoadCheck check =
        LoadCheck.of(task, usage.exitCode(), SourceFacts.of(task.source(), task.table()).digest());
    Snapshot snapshot = task.lake().read(task.table(), table -> table.currentSnapshot());
    String problem =
        check.problem() == null && number(snapshot, SnapshotSummary.TOTAL_EQ_DELETES_PROP) > 0
            ? "has equality deletes"
            : check.problem();
    return new IncrementalLoad(
        run,
        perMille,
        changed,
        usage.wallSeconds(),
        usage.cpuSeconds(),
        serverCpu,
        number(snapshot, SnapshotSummary.ADDED_FILE_SIZE_PROP) / 1e6,
        problem == null,
        problem);
  }

  private static long number(Snapshot snapshot, String property) {
    return snapshot == null ? 0 : Long.parseLong(snapshot.summary().getOrDefault(property, "0"));
  }
}
