package io.tidemark.benchmarks.load;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells line by line what was done, with the seconds since the start. */
public final class Progress {
  private final PrintWriter out;
  private final long start = System.nanoTime();

  public Progress(PrintWriter out) {
    this.out = out;
  }

  public void say(String format, Object... args) {
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    out.printf(Locale.ROOT, "[%4d s] %s%n", seconds, String.format(Locale.ROOT, format, args));
    out.flush();
  }
}
