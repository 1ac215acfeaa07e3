package io.tidemark.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The line of {@code /proc/PID/stat}, as far as it is about CPU. A process that has ended has its
 * own until its parent has waited for it, which has them from then on.
 *
 * @param own seconds, user and system
 * @param ofChildren seconds of children that have ended and were waited for, and of theirs
 */
record ProcessTimes(double own, double ofChildren) {
  /** What every Linux that runs a JVM reports to user space. */
  private static final double TICKS_PER_SECOND = 100;

  /**
   * Reads a process's times.
   *
   * @throws IOException if it is gone
   */
  static ProcessTimes of(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The second field is a name in parentheses that may hold anything; the third follows it.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return new ProcessTimes(
        seconds(fields[11]) + seconds(fields[12]), seconds(fields[13]) + seconds(fields[14]));
  }

  static ProcessTimes self() {
    try {
      return of(ProcessHandle.current().pid());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read /proc: CPU is measured on Linux", e);
    }
  }

  private static double seconds(String ticks) {
    return Long.parseLong(ticks) / TICKS_PER_SECOND;
  }
}
