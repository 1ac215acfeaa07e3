package io.tidemark.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a benchmark of cases leaves behind.
 *
 * @param environment what it was measured on
 * @param command how it was called
 * @param commands how Tidemark was started
 * @param cases what came of each case
 * @param runs every load of each case, in order
 */
record CaseReport(
    Environment environment,
    String command,
    Map<String, String> commands,
    List<CaseResult> cases,
    Map<String, List<LoadResult>> runs) {

  /** Writes {@code NAME.json} and {@code NAME.md}. */
  void write(Path directory, String name, String title) throws IOException {
    ReportFile.write(directory.resolve(name + ".json"), this);
    Files.writeString(directory.resolve(name + ".md"), page(title).toString());
  }

  private MarkdownPage page(String title) {
    MarkdownPage page = new MarkdownPage(title, environment, command);
    page.columns(
        "", "rows", "wall s", "rows/s", "CPU s", "peak MB", "time per row by", "", "valid");
    for (CaseResult result : cases) {
      page.row(
          result.name(),
          whole(result.rows()),
          MarkdownPage.of(result.wall()),
          whole(result.rows() / result.wall().median()),
          MarkdownPage.of(result.cpu()),
          MarkdownPage.whole(result.peakRss()),
          result.base(),
          result.perRow() == null ? "" : MarkdownPage.of(result.perRow()),
          result.valid() ? "yes" : "NO");
    }
    return page;
  }

  private static String whole(double figure) {
    return String.format(Locale.ROOT, "%,.0f", figure);
  }
}
