package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether the time of a load grows with its rows, and not faster. */
@Command(
    name = "growth",
    description = "Loads of one, ten and a hundred times as many rows.",
    mixinStandardHelpOptions = true)
public final class GrowthBenchmarkCommand implements Callable<Integer> {
  private static final int[] FACTORS = {1, 10, 100};

  @Spec private CommandSpec spec;
  @Mixin private BenchmarkOptions options;

  @Option(
      names = "--rows",
      defaultValue = "500000",
      description = "Rows of the smallest table. Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Override
  public Integer call() throws Exception {
    Layout layout = new Layout(SourceTable.ORDER_EVENTS, false);
    List<LoadCase> cases = new ArrayList<>();
    for (int factor : FACTORS) {
      long size = options.positive(rows) * factor;
      cases.add(new LoadCase(factor + "x", size, "1x", options.tidemark(), layout));
    }
    CaseBenchmark benchmark =
        new CaseBenchmark(
            "growth",
            "Loads of more and more rows",
            cases,
            options.runs(),
            options.shownCommand(),
            options.directory());
    return benchmark.run(spec.commandLine().getOut()) ? 0 : 1;
  }
}
