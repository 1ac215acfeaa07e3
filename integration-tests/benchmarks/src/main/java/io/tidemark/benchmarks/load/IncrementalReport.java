package io.tidemark.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.benchmarks.measure.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/**
 * What came of loads of what changed.
 *
 * @param environment what it was measured on
 * @param command how it was called
 * @param rows of the table
 * @param loads every load of every run, in order
 */
record IncrementalReport(
    Environment environment,
    String command,
    @JsonProperty("table_rows") long rows,
    List<IncrementalLoad> loads) {

  /** Writes {@code incremental.json} and {@code incremental.md}. */
  void write(Path directory) throws IOException {
    ReportFile.write(directory.resolve("incremental.json"), this);
    Files.writeString(directory.resolve("incremental.md"), page().toString());
  }

  private MarkdownPage page() {
    MarkdownPage page = new MarkdownPage("Loads of what changed", environment, command);
    page.say(
        "Of a table of %,d rows. Beside what the load of all rows took in the same run, per row."
            .formatted(rows));
    page.columns(
        "changed",
        "wall s",
        "CPU s",
        "wall by the full load's",
        "wall per changed row by the full load's",
        "CPU per changed row by the full load's",
        "bytes written by bytes changed",
        "valid");
    for (int perMille : loads.stream().map(IncrementalLoad::perMille).distinct().toList()) {
      page.row(
          perMille == 0 ? "all" : String.format(Locale.ROOT, "%.1f %%", perMille / 10.0),
          MarkdownPage.of(of(perMille, (load, full) -> load.wall())),
          MarkdownPage.of(of(perMille, (load, full) -> load.cpu())),
          MarkdownPage.of(of(perMille, (load, full) -> load.wall() / full.wall())),
          MarkdownPage.of(
              of(perMille, (load, full) -> scale(load, full, load.wall(), full.wall()))),
          MarkdownPage.of(of(perMille, (load, full) -> scale(load, full, load.cpu(), full.cpu()))),
          MarkdownPage.of(
              of(perMille, (load, full) -> scale(load, full, load.written(), full.written()))),
          ofChanged(perMille).stream().allMatch(IncrementalLoad::valid) ? "yes" : "NO");
    }
    return page;
  }

  /** Returns a figure per row, by that of the load of all rows. */
  private static double scale(
      IncrementalLoad load, IncrementalLoad full, double figure, double ofFull) {
    return figure / load.rows() / (ofFull / full.rows());
  }

  private Spread of(int perMille, ToDoubleBiFunction<IncrementalLoad, IncrementalLoad> figure) {
    List<IncrementalLoad> full = ofChanged(0);
    return Spread.of(
        ofChanged(perMille).stream()
            .map(load -> figure.applyAsDouble(load, full.get(load.run() - 1)))
            .toList());
  }

  private List<IncrementalLoad> ofChanged(int perMille) {
    return loads.stream().filter(load -> load.perMille() == perMille).toList();
  }
}
