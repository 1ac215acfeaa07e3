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

/** Whether loads need no more memory than they are given, however many rows and partitions. */
@Command(
    name = "memory",
    description = "Loads of shuffled rows into 31 partitions, in a small heap and in a large one.",
    mixinStandardHelpOptions = true)
public final class MemoryBenchmarkCommand implements Callable<Integer> {
  private static final Layout SHUFFLED = new Layout(SourceTable.ORDER_EVENTS, true);

  @Spec private CommandSpec spec;
  @Mixin private BenchmarkOptions options;

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
  public Integer call() throws Exception {
    List<LoadCase> cases = new ArrayList<>();
    for (long size : rows) {
      String base = "%d rows in %s".formatted(options.positive(size), options.heap());
      cases.add(new LoadCase(base, size, base, options.tidemark(), SHUFFLED));
      Subject bounded = options.tidemark(BenchmarkOptions.java(small));
      cases.add(
          new LoadCase("%d rows in %s".formatted(size, small), size, base, bounded, SHUFFLED));
    }
    CaseBenchmark benchmark =
        new CaseBenchmark(
            "memory",
            "Loads in a small heap",
            cases,
            options.runs(),
            options.shownCommand(),
            options.directory());
    return benchmark.run(spec.commandLine().getOut()) ? 0 : 1;
  }
}
