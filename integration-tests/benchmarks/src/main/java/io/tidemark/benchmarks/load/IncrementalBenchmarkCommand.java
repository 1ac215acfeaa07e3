package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What loading the rows that changed costs, beside loading all of them. */
@Command(
    name = "incremental",
    description = "Upserts of 0.1 %%, 1 %% and 10 %% changed rows, beside a load of all rows.",
    mixinStandardHelpOptions = true)
public final class IncrementalBenchmarkCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private BenchmarkOptions options;

  @Option(
      names = "--rows",
      defaultValue = "10000000",
      description = "Rows of the table. Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(names = "--partitioned", description = "Load into 31 partitions.")
  private boolean partitioned;

  @Override
  public Integer call() throws Exception {
    IncrementalBenchmark benchmark =
        new IncrementalBenchmark(
            options.positive(rows),
            new Layout(SourceTable.ORDER_EVENTS, partitioned),
            options.runs(),
            options.tidemark(Variant.UPSERT),
            options.directory());
    return benchmark.run(options.shownCommand(), spec.commandLine().getOut()) ? 0 : 1;
  }
}
