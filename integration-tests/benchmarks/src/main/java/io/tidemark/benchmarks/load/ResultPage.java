package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.Spread;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The report for people: a table per layout, medians with what they were between. */
final class ResultPage {
  private final LoadReport report;
  private final PrintWriter out;

  ResultPage(LoadReport report, PrintWriter out) {
    this.report = report;
    this.out = out;
  }

  /** One load, in a line. */
  static String line(LoadResult load) {
    return String.format(
        Locale.ROOT,
        "%s %.2f s (CPU %.2f + %.2f s, %.0f MB)%s",
        load.subject(),
        load.wall(),
        load.clientCpu(),
        load.serverCpu(),
        load.peakRss(),
        load.valid() ? "" : ", NOT VALID: " + load.problem());
  }

  void print() {
    Environment environment = report.environment();
    out.printf("%n%s%n", report.command());
    out.printf("%,d rows per table, %s%n", report.rows(), environment.date());
    out.printf(
        "%s, %d cores, %,d MB; %s%n",
        environment.cpu(), environment.cores(), environment.memory(), environment.kernel());
    out.printf("%s; %s%n", environment.jvm(), environment.database());
    report.commands().forEach((subject, command) -> out.printf("  %s: %s%n", subject, command));
    report.ratios().forEach(this::print);
    out.flush();
  }

  private void print(Ratios ratios) {
    Layout layout = ratios.layout();
    out.printf("%n%s%n", layout);
    out.printf(
        "  %-14s %8s %17s %10s %10s %8s %6s %9s %6s%n",
        "", "wall s", "", "client CPU", "server CPU", "peak MB", "files", "data MB", "valid");
    report.runs().stream()
        .filter(load -> load.isOf(layout))
        .map(LoadResult::subject)
        .distinct()
        .forEach(subject -> print(subject, loads(layout, subject)));
    List<LimitResult> limits =
        report.limits().stream()
            .filter(limit -> limit.table().equals(layout.table().tableName()))
            .toList();
    if (!limits.isEmpty()) {
      print("T*", of(limits, LimitResult::warm));
      print("T* cold", of(limits, LimitResult::cold));
    }
    ratios.spreads().forEach(this::printRatio);
  }

  private List<LoadResult> loads(Layout layout, String subject) {
    return report.runs().stream()
        .filter(load -> load.isOf(layout) && load.subject().equals(subject))
        .toList();
  }

  private void print(String subject, List<LoadResult> loads) {
    Spread wall = of(loads, LoadResult::wall);
    out.printf(
        Locale.ROOT,
        "  %-14s %8.2f %17s %10.2f %10.2f %8.0f %6.0f %9.1f %6s%n",
        subject,
        wall.median(),
        between(wall),
        of(loads, LoadResult::clientCpu).median(),
        of(loads, LoadResult::serverCpu).median(),
        of(loads, LoadResult::peakRss).median(),
        of(loads, LoadResult::files).median(),
        of(loads, LoadResult::megabytes).median(),
        loads.stream().filter(LoadResult::valid).count() + "/" + loads.size());
  }

  private void print(String name, Spread seconds) {
    out.printf(Locale.ROOT, "  %-14s %8.2f %17s%n", name, seconds.median(), between(seconds));
  }

  private void printRatio(String name, Spread ratio) {
    out.printf(Locale.ROOT, "  %-24s %.2f %s%n", name, ratio.median(), between(ratio));
  }

  private static <T> Spread of(List<T> results, ToDoubleFunction<T> figure) {
    return Spread.of(results.stream().map(figure::applyAsDouble).toList());
  }

  private static String between(Spread spread) {
    return String.format(Locale.ROOT, "(%.2f - %.2f)", spread.least(), spread.greatest());
  }
}
