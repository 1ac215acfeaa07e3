package io.tidemark.benchmarks;

import io.tidemark.benchmarks.beside.BesideBenchmarkCommand;
import io.tidemark.benchmarks.load.GrowthBenchmarkCommand;
import io.tidemark.benchmarks.load.IncrementalBenchmarkCommand;
import io.tidemark.benchmarks.load.LoadBenchmarkCommand;
import io.tidemark.benchmarks.load.MemoryBenchmarkCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of {@code ./lake bench}. */
@Command(
    name = "bench",
    description = "Tidemark, its peers and the physical limit, side by side.",
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = {
      LoadBenchmarkCommand.class,
      MemoryBenchmarkCommand.class,
      GrowthBenchmarkCommand.class,
      IncrementalBenchmarkCommand.class,
      BesideBenchmarkCommand.class
    },
    mixinStandardHelpOptions = true)
public final class Bench {

  private Bench() {}

  /** Runs a benchmark and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
  }
}
