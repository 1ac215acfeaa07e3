package io.tidemark.benchmarks.load;

import io.tidemark.benchmarks.measure.Spread;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A page of results: what was measured where, how and when, and tables of it. */
public final class MarkdownPage {
  private final StringBuilder text = new StringBuilder();

  /** Begins a page. */
  public MarkdownPage(String title, Environment on, String command) {
    text.append("# %s%n%n`%s`%n%n".formatted(title, command));
    text.append(
        "%s. %s, %d cores, %s MB; %s; %s; %s.%n"
            .formatted(
                on.date(),
                on.cpu(),
                on.cores(),
                on.memory(),
                on.kernel(),
                on.jvm(),
                on.database()));
    say("Figures are medians of the runs, in parentheses what they were between.");
  }

  /** Adds a heading. */
  public void head(String heading) {
    text.append("%n## %s%n".formatted(heading));
  }

  /** Adds a paragraph. */
  public void say(String paragraph) {
    text.append("%n%s%n".formatted(paragraph));
  }

  /** Begins a table. */
  public void columns(String... names) {
    text.append(System.lineSeparator());
    row(List.of(names));
    row(Collections.nCopies(names.length, "---"));
  }

  /** Adds a line of the table. */
  public void row(String... cells) {
    row(Arrays.asList(cells));
  }

  private void row(List<String> cells) {
    text.append("| %s |%n".formatted(String.join(" | ", cells)));
  }

  /** Shows figures with two digits behind the point. */
  public static String of(Spread spread) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f - %.2f)", spread.median(), spread.least(), spread.greatest());
  }

  /** Shows large figures. */
  public static String whole(Spread spread) {
    return String.format(
        Locale.ROOT, "%,.0f (%,.0f - %,.0f)", spread.median(), spread.least(), spread.greatest());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
