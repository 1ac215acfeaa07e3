package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceTable;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What loading the rows that changed costs, beside loading all of them. */
@Command(
    name = "incremental",
    description = "Upserts of 0.1 %%, 1 %% and 10 %% changed rows, beside a load of all rows.")
public final class IncrementalBenchmarkCommand extends BenchmarkCommand {
  @Option(
      names = "--rows",
      defaultValue = "10000000",
      description = "Rows of the table. Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(names = "--partitioned", description = "Load into 31 partitions.")
  private boolean partitioned;

  @Override
  protected boolean run(PrintWriter out) throws Exception {
    IncrementalBenchmark benchmark =
        new IncrementalBenchmark(
            positive(rows),
            new Layout(SourceTable.ORDER_EVENTS, partitioned),
            runs(),
            tidemark(Variant.UPSERT),
            directory());
    return benchmark.run(shownCommand(), out);
  }
}
