package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.limit.LimitLegs;
import io.tidemark.benchmarks.measure.JavaCommand;
import io.tidemark.benchmarks.source.SourceDatabase;
import io.tidemark.benchmarks.source.SourceTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileUtil;

/** Fills the source, runs the legs and the subjects in turn, and reports what was measured. */
final class LoadBenchmark {
  private final Database database;
  private final long rows;
  private final int runs;
  private final List<Layout> layouts;
  private final List<Subject> subjects;
  private final JavaCommand java;
  private final String command;
  private final Path directory;
  private final List<LoadResult> loads = new ArrayList<>();
  private final List<LimitResult> limits = new ArrayList<>();
  private final Map<String, String> commands = new LinkedHashMap<>();

  LoadBenchmark(
      Database database,
      long rows,
      int runs,
      List<Layout> layouts,
      List<Subject> subjects,
      JavaCommand java,
      String command,
      Path directory) {
    this.database = database;
    this.rows = rows;
    this.runs = runs;
    this.layouts = layouts;
    this.subjects = subjects;
    this.java = java;
    this.command = command;
    this.directory = directory;
  }

  /** Returns whether every load was right. */
  boolean run(PrintWriter out) throws Exception {
    Progress progress = new Progress(out);
    progress.say("everything written is in %s", directory);
    Path data = directory.resolve("database");
    try (SourceDatabase source = database.start(data)) {
      Environment environment = Environment.here(source.version());
      Loading loading = new Loading(source, fill(source, progress), directory, commands);
      LimitLegs legs = new LimitLegs(source, java, directory.resolve("limit"));
      for (int run = 1; run <= runs; run++) {
        for (SourceTable table : tables()) {
          measure(run, table, loading, legs, progress);
          report(environment).write(directory);
        }
      }
      new ResultPage(report(environment), out).print();
    } finally {
      FileUtil.fullyDelete(data.toFile());
    }
    progress.say("measured: %s and load.md beside it", directory.resolve("load.json"));
    return loads.stream().allMatch(LoadResult::valid);
  }

  private Map<SourceTable, SourceFacts> fill(SourceDatabase source, Progress progress)
      throws Exception {
    Map<SourceTable, SourceFacts> facts = new LinkedHashMap<>();
    for (SourceTable table : tables()) {
      long bytes = source.fill(table, rows);
      facts.put(table, SourceFacts.of(source, table));
      progress.say(
          "filled %s with %,d rows of %d bytes, as they were sent",
          table.tableName(), rows, bytes / Math.max(rows, 1));
    }
    return facts;
  }

  /** Runs the legs of a table, then all its loads; who begins changes from run to run. */
  private void measure(
      int run, SourceTable table, Loading loading, LimitLegs legs, Progress progress)
      throws Exception {
    if (database == Database.POSTGRESQL) {
      measureLimit(run, table, legs, progress);
    }
    List<Subject> order = new ArrayList<>(subjects);
    Collections.rotate(order, run - 1);
    for (Layout layout : layouts) {
      for (Subject subject : layout.table() == table ? order : List.<Subject>of()) {
        LoadResult load = loading.load(run, subject, layout);
        loads.add(load);
        progress.say("run %d/%d, %s: %s", run, runs, layout, ResultPage.line(load));
      }
    }
  }

  private void measureLimit(int run, SourceTable table, LimitLegs legs, Progress progress)
      throws Exception {
    LimitResult limit = LimitResult.of(run, table.tableName(), legs.run(table, rows));
    limits.add(limit);
    progress.say(
        "run %d/%d, %s: T* %.2f s warm, %.2f s cold",
        run, runs, table.tableName(), limit.warm(), limit.cold());
  }

  private Set<SourceTable> tables() {
    return layouts.stream().map(Layout::table).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private LoadReport report(Environment environment) {
    return new LoadReport(
        environment,
        rows,
        command,
        commands,
        loads,
        limits,
        layouts.stream().map(layout -> new Ratios(layout, loads, limits)).toList());
  }
}
