package io.tidemark.benchmarks.beside;

import io.tidemark.benchmarks.load.BenchmarkCommand;
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
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a load costs the database's own users, and they the load. */
@Command(
    name = "beside",
    description = "Transactions of PostgreSQL's own users with and without a load beside them.")
public final class BesideBenchmarkCommand extends BenchmarkCommand {
  private static final Layout LAYOUT = new Layout(SourceTable.ORDER_EVENTS, false);

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
  protected boolean run(PrintWriter out) throws Exception {
    Subject tidemark = tidemark();
    Path directory = directory();
    Path data = directory.resolve("database");
    Progress progress = new Progress(out);
    try (SourceDatabase source = PostgresDatabase.start(data)) {
      source.fill(LAYOUT.table(), positive(rows));
      Bank bank = Bank.create(source, branches);
      progress.say("filled %,d rows and a bank of %d branches", rows, branches);
      Clients working = new Clients(bank, clients);
      Map<SourceTable, SourceFacts> facts =
          Map.of(LAYOUT.table(), SourceFacts.of(source, LAYOUT.table()));
      List<BesideResult> runs = new ArrayList<>();
      for (int run = 1; run <= runs(); run++) {
        runs.add(run(run, tidemark, source, facts, working, directory));
        progress.say(
            "run %d/%d: %.0f transactions/s alone, %.0f beside the load",
            run,
            runs(),
            runs.get(run - 1).alone().perSecond(),
            runs.get(run - 1).beside().perSecond());
      }
      BesideReport report =
          new BesideReport(
              Environment.here(source.version()),
              shownCommand(),
              rows,
              clients,
              runs,
              bank.balances(working.transactions()));
      report.write(directory);
      progress.say("measured: %s and beside.md", directory.resolve("beside.json"));
      return report.valid();
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
