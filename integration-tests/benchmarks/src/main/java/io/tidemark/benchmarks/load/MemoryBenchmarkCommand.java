package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.source.SourceTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether loads need no more memory than they are given, however many rows and partitions. */
@Command(
    name = "memory",
    description = "Loads of shuffled rows into 31 partitions, in a small heap and in a large one.")
public final class MemoryBenchmarkCommand extends BenchmarkCommand {
  private static final Layout SHUFFLED = new Layout(SourceTable.ORDER_EVENTS, true);

  @Option(
      names = "--rows",
      split = ",",
      defaultValue = "10000000,50000000",
      description = "Rows of the table, one size after the other. Default: ${DEFAULT-VALUE}.")
  private List<Long> rows = new ArrayList<>();

  @Option(
      names = "--small-heap",
      defaultValue = "512m",
      description = "The heap that is to do. Default: ${DEFAULT-VALUE}.")
  private String small;

  @Override
  protected boolean run(PrintWriter out) throws Exception {
    List<LoadCase> cases = new ArrayList<>();
    for (long size : rows) {
      String base = "%d rows in %s".formatted(positive(size), heap());
      cases.add(new LoadCase(base, size, base, tidemark(), SHUFFLED));
      Subject bounded = tidemark(java(small));
      cases.add(
          new LoadCase("%d rows in %s".formatted(size, small), size, base, bounded, SHUFFLED));
    }
    CaseBenchmark benchmark =
        new CaseBenchmark(
            "memory", "Loads in a small heap", cases, runs(), shownCommand(), directory());
    return benchmark.run(out);
  }
}
