package io.tidemark.benchmarks.beside;

import io.tidemark.benchmarks.load.BenchmarkOptions;
import io.tidemark.benchmarks.load.Environment;
import io.tidemark.benchmarks.load.Layout;
import io.tidemark.benchmarks.load.LoadResult;
import io.tidemark.benchmarks.load.Loading;
import io.tidemark.benchmarks.load.Progress;
import io.tidemark.benchmarks.load.SourceFacts;
import io.tidemark.benchmarks.load.Subject;
import io.tidemark.benchmarks.source.PostgresDatabase;
import io.tidemark.benchmarks.source.SourceDatabase;
import io.tidemark.benchmarks.source.SourceTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a load costs the database's own users, and they the load. */
@Command(
    name = "beside",
    description = "Transactions of PostgreSQL's own users with and without a load beside them.",
    mixinStandardHelpOptions = true)
public final class BesideBenchmarkCommand implements Callable<Integer> {
  private static final Layout LAYOUT = new Layout(SourceTable.ORDER_EVENTS, false);

  @Spec private CommandSpec spec;
  @Mixin private BenchmarkOptions options;

  @Option(
      names = "--rows",
      defaultValue = "10000000",
      description = "Rows of the table that is loaded. Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(
      names = "--clients",
      defaultValue = "2",
      description = "How many clients make transactions. Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "How long they work without a load. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--branches",
      defaultValue = "10",
      description = "Branches of their bank, 100,000 accounts each. Default: ${DEFAULT-VALUE}.")
  private int branches;

  @Override
  public Integer call() throws Exception {
    Subject tidemark = options.tidemark();
    Path directory = options.directory();
    Path data = directory.resolve("database");
    Progress progress = new Progress(spec.commandLine().getOut());
    try (SourceDatabase source = PostgresDatabase.start(data)) {
      source.fill(LAYOUT.table(), options.positive(rows));
      Bank bank = Bank.create(source, branches);
      progress.say("filled %,d rows and a bank of %d branches", rows, branches);
      Clients working = new Clients(bank, clients);
      Map<SourceTable, SourceFacts> facts =
          Map.of(LAYOUT.table(), SourceFacts.of(source, LAYOUT.table()));
      List<BesideResult> runs = new ArrayList<>();
      for (int run = 1; run <= options.runs(); run++) {
        runs.add(run(run, tidemark, source, facts, working, directory));
        progress.say(
            "run %d/%d: %.0f transactions/s alone, %.0f beside the load",
            run,
            options.runs(),
            runs.get(run - 1).alone().perSecond(),
            runs.get(run - 1).beside().perSecond());
      }
      BesideReport report =
          new BesideReport(
              Environment.here(source.version()),
              options.shownCommand(),
              rows,
              clients,
              runs,
              bank.balances(working.transactions()));
      report.write(directory);
      progress.say("measured: %s and beside.md", directory.resolve("beside.json"));
      return report.valid() ? 0 : 1;
    } finally {
      FileUtil.fullyDelete(data.toFile());
    }
  }

  private BesideResult run(
      int run,
      Subject tidemark,
      SourceDatabase source,
      Map<SourceTable, SourceFacts> facts,
      Clients working,
      Path directory)
      throws Exception {
    Map<String, String> commands = new LinkedHashMap<>();
    Loading alone = new Loading(source, facts, directory.resolve("alone"), commands);
    Loading beside = new Loading(source, facts, directory.resolve("beside"), commands);
    LoadResult loadAlone = alone.load(run, tidemark, LAYOUT);
    Latencies without = working.work(Duration.ofSeconds(seconds));
    List<Supplier<LoadResult>> load = new ArrayList<>();
    Latencies with = working.workDuring(() -> load.add(beside.measure(run, tidemark, LAYOUT)));
    return new BesideResult(run, without, with, load.get(0).get(), loadAlone);
  }
}
