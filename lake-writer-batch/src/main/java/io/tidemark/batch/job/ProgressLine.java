package io.tidemark.batch.job;

import io.tidemark.batch.LoadProgress;
import io.tidemark.batch.SealProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Shows how far a read has come: on a terminal in one line that is rewritten, elsewhere in a line
 * every ten seconds.
 */
final class ProgressLine implements AutoCloseable {

  /** The launcher says with it whether standard error is a terminal. */
  private static final String TERMINAL = "lake.terminal";

  private static final String REWRITE = "\r\u001b[K";
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final PrintWriter out;
  private final boolean terminal;
  private final InstantSource clock;
  private final Instant start;
  private Instant told;
  private Instant grew;
  private long rows;

  ProgressLine(PrintWriter out, boolean terminal, InstantSource clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    this.start = clock.instant();
    this.told = start;
    this.grew = start;
  }

  static ProgressLine on(PrintWriter out) {
    return new ProgressLine(out, Boolean.getBoolean(TERMINAL), InstantSource.system());
  }

  /** Shows how far a seal is, which goes on when all is read. */
  void show(SealProgress progress) {
    show(progress.rowsRead(), progress.rowsExpected(), "", "  now sorting and writing");
  }

  /** Shows how far a run of loads is. */
  void show(LoadProgress progress) {
    String tables =
        progress.tables() == 1
            ? ""
            : "%d of %d tables  ".formatted(progress.tablesLoaded(), progress.tables());
    show(progress.rowsRead(), progress.rowsExpected(), tables, "");
  }

  private void show(long read, long expected, String before, String whenSilent) {
    Instant now = clock.instant();
    if (read > rows) {
      rows = read;
      grew = now;
    }
    String text = before + text(expected, now, whenSilent);
    if (terminal) {
      out.print(REWRITE + text);
    } else if (!now.isBefore(told.plus(EVERY))) {
      out.println(text);
      told = now;
    }
    out.flush();
  }

  /** Clears the line for what comes after it. */
  @Override
  public void close() {
    if (terminal) {
      out.print(REWRITE);
      out.flush();
    }
  }

  private String text(long expected, Instant now, String whenSilent) {
    if (rows == 0) {
      return expected == 0 ? "reading" : "reading about %s rows".formatted(count(expected));
    }
    long perSecond = rows * 1000 / Math.max(1000, Duration.between(start, grew).toMillis());
    String read = "read %s rows  %s rows/s".formatted(count(rows), count(perSecond));
    if (now.isAfter(grew.plus(SILENCE))) {
      return read + whenSilent;
    }
    if (rows >= expected || perSecond == 0) {
      return read;
    }
    return "read %s of about %s rows  %s rows/s  about %d s left"
        .formatted(
            count(rows), count(expected), count(perSecond), (expected - rows) / perSecond + 1);
  }

  private static String count(long number) {
    if (number >= 1_000_000) {
      return String.format(Locale.ROOT, "%.1f M", number / 1e6);
    }
    return number >= 10_000 ? number / 1000 + " k" : String.valueOf(number);
  }
}
