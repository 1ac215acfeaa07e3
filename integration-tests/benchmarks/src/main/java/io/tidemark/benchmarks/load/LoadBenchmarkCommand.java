package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark of loads as a command. Its exit code is 0 only where every load was right. */
@Command(
    name = "load",
    description = "Full loads of whole tables: wall time, CPU and memory, start-up included.")
public final class LoadBenchmarkCommand extends BenchmarkCommand {
  @Option(
      names = "--rows",
      defaultValue = "10000000",
      description = "Rows of each table. Default: ${DEFAULT-VALUE}; far fewer tell of start-up.")
  private long rows;

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
      description = {
        "Who loads: also tidemark_jdbc, which reads as any database is read,",
        "and tidemark_ranges, which reads by two connections without a shared snapshot.",
        "Default: ${DEFAULT-VALUE}."
      })
  private Set<String> subjects = new LinkedHashSet<>();

  @Option(
      names = "--source",
      defaultValue = "postgresql",
      description = "The database: postgresql or mariadb. Default: ${DEFAULT-VALUE}.")
  private Database source;

  @Option(
      names = "--ablations",
      description = "Also load with parts of Tidemark left out, one at a time.")
  private boolean ablations;

  @Override
  protected boolean run(PrintWriter out) throws Exception {
    LoadBenchmark benchmark =
        new LoadBenchmark(
            source,
            positive(rows),
            runs(),
            chosenLayouts(),
            chosenSubjects(),
            java(),
            shownCommand(),
            directory());
    return benchmark.run(out);
  }

  private List<Layout> chosenLayouts() {
    List<Layout> chosen = new ArrayList<>();
    for (SourceTable table : tables) {
      layouts.forEach(layout -> chosen.add(new Layout(table, layout == Partitioning.PARTITIONED)));
    }
    return chosen;
  }

  private List<Subject> chosenSubjects() {
    List<Subject> chosen = new ArrayList<>();
    for (String name : subjects) {
      chosen.add(
          switch (name) {
            case "tidemark" -> tidemark(Variant.TIDEMARK);
            case "tidemark_jdbc" -> tidemark(Variant.TIDEMARK_JDBC);
            case "tidemark_ranges" -> tidemark(Variant.TIDEMARK_RANGES);
            case SparkSubject.NAME -> new SparkSubject(java(), launched(SPARK_CLASS_PATH));
            case FlinkSqlSubject.NAME -> new FlinkSqlSubject(java());
            default -> throw refused("Cannot run '%s': there is no such subject", name);
          });
    }
    if (ablations) {
      Variant.ABLATIONS.forEach(variant -> chosen.add(tidemark(variant)));
    }
    return chosen;
  }

  /** Whether the target tables are partitioned. */
  enum Partitioning {
    UNPARTITIONED,
    PARTITIONED
  }
}
