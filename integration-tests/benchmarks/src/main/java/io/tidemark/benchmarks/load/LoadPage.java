package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The result page of the benchmark of loads. */
final class LoadPage {
  private final LoadReport report;
  private final MarkdownPage page;

  LoadPage(LoadReport report) {
    this.report = report;
    this.page = new MarkdownPage("Full loads", report.environment(), report.command());
    page.say(String.format(Locale.ROOT, "%,d rows per table.", report.rows()));
    report.ratios().forEach(this::add);
  }

  private void add(Ratios ratios) {
    Layout layout = ratios.layout();
    page.head(layout.toString());
    page.columns("", "wall s", "client CPU s", "server CPU s", "peak MB", "files", "valid");
    report.runs().stream()
        .filter(load -> load.isOf(layout))
        .map(LoadResult::subject)
        .distinct()
        .forEach(subject -> add(layout, subject));
    List<LimitResult> limits =
        report.limits().stream()
            .filter(limit -> limit.table().equals(layout.table().tableName()))
            .toList();
    if (!limits.isEmpty()) {
      page.row("T*", MarkdownPage.of(of(limits, LimitResult::warm)), "", "", "", "", "");
      page.row("T* cold", MarkdownPage.of(of(limits, LimitResult::cold)), "", "", "", "", "");
    }
    page.columns("ratio", "");
    ratios.spreads().forEach((name, spread) -> page.row(name, MarkdownPage.of(spread)));
  }

  private void add(Layout layout, String subject) {
    List<LoadResult> loads =
        report.runs().stream()
            .filter(load -> load.isOf(layout) && load.subject().equals(subject))
            .toList();
    page.row(
        subject,
        MarkdownPage.of(of(loads, LoadResult::wall)),
        MarkdownPage.of(of(loads, LoadResult::clientCpu)),
        MarkdownPage.of(of(loads, LoadResult::serverCpu)),
        MarkdownPage.whole(of(loads, LoadResult::peakRss)),
        MarkdownPage.whole(of(loads, LoadResult::files)),
        loads.stream().filter(LoadResult::valid).count() + "/" + loads.size());
  }

  private static <T> Spread of(List<T> results, ToDoubleFunction<T> figure) {
    return Spread.of(results.stream().map(figure::applyAsDouble).toList());
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
