package io.tidemark.maintenance.internal;

import io.tidemark.maintenance.Figure;
import io.tidemark.maintenance.MaintenanceReport;
import io.tidemark.maintenance.TaskReport;
import java.util.Locale;

/** A report as aligned text. */
public final class ReportText {

  private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private ReportText() {}

  /** Returns the text, a line for every figure. */
  public static String write(MaintenanceReport report) {
    StringBuilder text = new StringBuilder(report.table());
    if (report.dryRun()) {
      text.append("  (dry run: nothing was changed)");
    }
    report.tasks().forEach(task -> append(text, task));
    return text.toString();
  }

  private static void append(StringBuilder text, TaskReport task) {
    line(text, "  %-26s %8.2f s", task.task(), task.duration().toMillis() / 1000.0);
    int before = task.figures().stream().mapToInt(f -> before(f).length()).max().orElse(0);
    int after = task.figures().stream().mapToInt(f -> after(f).length()).max().orElse(0);
    for (Figure figure : task.figures()) {
      String format = "    %-24s %" + before + "s -> %" + after + "s";
      line(text, format, figure.name(), before(figure), after(figure));
    }
    task.notes().forEach(note -> line(text, "    note: %s", note));
    task.skipped().forEach(s -> line(text, "    skipped %s: %s", s.subject(), s.reason()));
    if (task.failed()) {
      line(text, "    FAILED: %s", task.failure());
    }
  }

  private static void line(StringBuilder text, String format, Object... args) {
    text.append('\n').append(String.format(Locale.ROOT, format, args).stripTrailing());
  }

  private static String before(Figure figure) {
    return quantity(figure, figure.before());
  }

  private static String after(Figure figure) {
    return quantity(figure, figure.after());
  }

  private static String quantity(Figure figure, long value) {
    return figure.name().endsWith("bytes") ? bytes(value) : Long.toString(value);
  }

  private static String bytes(long value) {
    double scaled = value;
    int unit = 0;
    while (scaled >= 1024 && unit < BYTE_UNITS.length - 1) {
      scaled /= 1024;
      unit++;
    }
    return unit == 0
        ? value + " B"
        : String.format(Locale.ROOT, "%.1f %s", scaled, BYTE_UNITS[unit]);
  }
}
