package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.PostgresDatabase;
import io.tidemark.benchmarks.source.SourceDatabase;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileUtil;

/** Has Tidemark load a table under several conditions, and compares them run by run. */
record CaseBenchmark(
    String name, String title, List<LoadCase> cases, int runs, String command, Path directory) {

  /** Returns whether every load was right. */
  boolean run(PrintWriter out) throws Exception {
    Progress progress = new Progress(out);
    progress.say("everything written is in %s", directory);
    Path data = directory.resolve("database");
    Map<String, List<LoadResult>> results = new LinkedHashMap<>();
    cases.forEach(one -> results.put(one.name(), new ArrayList<>()));
    Map<String, String> commands = new LinkedHashMap<>();
    CaseReport report;
    try (SourceDatabase source = PostgresDatabase.start(data)) {
      for (long rows : cases.stream().map(LoadCase::rows).distinct().toList()) {
        measure(source, rows, results, commands, progress);
      }
      report =
          new CaseReport(
              Environment.here(source.version()), command, commands, summary(results), results);
    } finally {
      FileUtil.fullyDelete(data.toFile());
    }
    report.write(directory, name, title);
    progress.say("measured: %s.json and %1$s.md", directory.resolve(name));
    return report.cases().stream().allMatch(CaseResult::valid);
  }

  private void measure(
      SourceDatabase source,
      long rows,
      Map<String, List<LoadResult>> results,
      Map<String, String> commands,
      Progress progress)
      throws Exception {
    List<LoadCase> ofRows = cases.stream().filter(one -> one.rows() == rows).toList();
    Layout layout = ofRows.get(0).layout();
    source.fill(layout.table(), rows);
    SourceFacts facts = SourceFacts.of(source, layout.table());
    progress.say("filled %s with %,d rows", layout.table().tableName(), rows);
    for (int run = 1; run <= runs; run++) {
      for (LoadCase one : ofRows) {
        Path own = directory.resolve(one.name().replace(' ', '-'));
        Loading loading = new Loading(source, Map.of(layout.table(), facts), own, commands);
        LoadResult load = loading.load(run, one.subject(), layout);
        results.get(one.name()).add(load);
        progress.say("run %d/%d, %s: %s", run, runs, one.name(), ResultPage.line(load));
      }
    }
    source.drop(layout.table());
  }

  private List<CaseResult> summary(Map<String, List<LoadResult>> results) {
    return cases.stream()
        .map(
            one ->
                CaseResult.of(
                    one, results.get(one.name()), results.get(one.base()), rowsOf(one.base())))
        .toList();
  }

  private long rowsOf(String base) {
    return cases.stream().filter(one -> one.name().equals(base)).findFirst().orElseThrow().rows();
  }
}
