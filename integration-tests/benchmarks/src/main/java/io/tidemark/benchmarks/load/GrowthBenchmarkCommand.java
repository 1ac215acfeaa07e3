package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether the time of a load grows with its rows, and not faster. */
@Command(name = "growth", description = "Loads of one, ten and a hundred times as many rows.")
public final class GrowthBenchmarkCommand extends BenchmarkCommand {
  private static final int[] FACTORS = {1, 10, 100};

  @Option(
      names = "--rows",
      defaultValue = "500000",
      description = "Rows of the smallest table. Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Override
  protected boolean run(PrintWriter out) throws Exception {
    Layout layout = new Layout(SourceTable.ORDER_EVENTS, false);
    List<LoadCase> cases = new ArrayList<>();
    for (int factor : FACTORS) {
      long size = positive(rows) * factor;
      cases.add(new LoadCase(factor + "x", size, "1x", tidemark(), layout));
    }
    CaseBenchmark benchmark =
        new CaseBenchmark(
            "growth", "Loads of more and more rows", cases, runs(), shownCommand(), directory());
    return benchmark.run(out);
  }
}
