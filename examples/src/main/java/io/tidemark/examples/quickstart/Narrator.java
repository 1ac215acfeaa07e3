package io.tidemark.examples.quickstart;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Tells the story on a terminal: numbered steps, a few lines each, small aligned tables. */
final class Narrator {

  private static final String INDENT = "   ";

  private final PrintWriter out;
  private final Instant start = Instant.now();
  private int step;

  Narrator(PrintWriter out) {
    this.out = out;
  }

  /** Begins a step. */
  void step(String title) {
    step++;
    out.printf("%n%d. %s  [%d s]%n", step, title, elapsed().toSeconds());
    out.flush();
  }

  /** Shows a command as it would be typed. */
  void command(String command) {
    out.printf("%n%s$ %s%n", INDENT, command);
    out.flush();
  }

  /** Shows text to be copied, under a heading. */
  void paragraph(String heading, String text) {
    out.printf("%n%s-- %s%n%s%n", INDENT, heading, text);
    out.flush();
  }

  /** Explains, one line after the other. */
  void say(String text) {
    text.lines().forEach(line -> out.println((INDENT + line).stripTrailing()));
    out.flush();
  }

  /** Shows rows under a header, columns aligned; all but the first two columns to the right. */
  void table(List<String> header, List<List<String>> rows) {
    List<List<String>> lines = new ArrayList<>(List.of(header));
    lines.addAll(rows);
    List<Integer> widths = new ArrayList<>(Collections.nCopies(header.size(), 0));
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        widths.set(i, Math.max(widths.get(i), line.get(i).length()));
      }
    }
    out.println();
    lines.forEach(line -> out.println(INDENT + INDENT + aligned(line, widths)));
    out.flush();
  }

  Duration elapsed() {
    return Duration.between(start, Instant.now());
  }

  private static String aligned(List<String> line, List<Integer> widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      String pad = " ".repeat(widths.get(i) - line.get(i).length());
      text.append(i < 2 ? line.get(i) + pad : pad + line.get(i)).append("  ");
    }
    return text.toString().stripTrailing();
  }
}
