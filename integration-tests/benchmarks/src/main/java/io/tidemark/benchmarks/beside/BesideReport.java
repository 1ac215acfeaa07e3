package io.tidemark.benchmarks.beside;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.benchmarks.load.Environment;
import io.tidemark.benchmarks.load.MarkdownPage;
import io.tidemark.benchmarks.load.ReportFile;
import io.tidemark.benchmarks.measure.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What the benchmark leaves behind.
 *
 * @param balanced whether every transaction was done once and whole
 */
record BesideReport(
    Environment environment,
    String command,
    long rows,
    int clients,
    List<BesideResult> runs,
    boolean balanced) {

  /** The transactions a second beside a load, by those without. */
  @JsonProperty("throughput")
  Spread throughput() {
    return of(BesideResult::throughput);
  }

  /** The 99th percentile beside a load, by that without. */
  @JsonProperty("p99")
  Spread tail() {
    return of(BesideResult::tail);
  }

  /** The load's wall time beside transactions, by that without. */
  @JsonProperty("load_wall")
  Spread slowdown() {
    return of(BesideResult::slowdown);
  }

  boolean valid() {
    return balanced && runs.stream().allMatch(BesideResult::valid);
  }

  private Spread of(ToDoubleFunction<BesideResult> figure) {
    return Spread.of(runs.stream().map(figure::applyAsDouble).toList());
  }

  void write(Path directory) throws IOException {
    ReportFile.write(directory.resolve("beside.json"), this);
    MarkdownPage page =
        new MarkdownPage("The source's own transactions beside a load", environment, command);
    page.say(
        "%d clients make TPC-B's transaction, as pgbench has it, without a pause; the load reads %d rows."
            .formatted(clients, rows));
    page.columns("", "transactions/s", "p50 ms", "p95 ms", "p99 ms", "longest ms", "load wall s");
    row(page, "alone", BesideResult::alone, result -> result.loadAlone().wall());
    row(page, "side by side", BesideResult::beside, result -> result.load().wall());
    page.columns("side by side, by alone", "");
    page.row("transactions/s", MarkdownPage.of(throughput()));
    page.row("p99", MarkdownPage.of(tail()));
    page.row("load wall", MarkdownPage.of(slowdown()));
    page.say(valid() ? "All loads and balances were right." : "NOT VALID: see the JSON.");
    Files.writeString(directory.resolve("beside.md"), page.toString());
  }

  private void row(
      MarkdownPage page,
      String name,
      Function<BesideResult, Latencies> phase,
      ToDoubleFunction<BesideResult> wall) {
    page.row(
        name,
        MarkdownPage.of(of(result -> phase.apply(result).perSecond())),
        MarkdownPage.of(of(result -> phase.apply(result).median())),
        MarkdownPage.of(of(result -> phase.apply(result).p95())),
        MarkdownPage.of(of(result -> phase.apply(result).p99())),
        MarkdownPage.of(of(result -> phase.apply(result).most())),
        MarkdownPage.of(of(wall)));
  }
}
