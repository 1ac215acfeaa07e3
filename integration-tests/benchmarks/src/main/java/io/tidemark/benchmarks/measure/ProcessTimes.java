package io.tidemark.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The line of {@code /proc/PID/stat}, as far as it is about CPU.
 *
 * @param parent the id of the parent process
 * @param own seconds, user and system
 * @param ofChildren seconds of children that have ended and were waited for, and of theirs
 */
record ProcessTimes(long parent, double own, double ofChildren) {
  /** What every Linux that runs a JVM reports to user space. */
  private static final double TICKS_PER_SECOND = 100;

  /**
   * Reads a process's times.
   *
   * @param pid its id, or {@code self}
   * @throws IOException if it is gone
   */
  static ProcessTimes of(String pid) throws IOException {
    String line = Files.readString(Path.of("/proc", pid, "stat"));
    // The second field is a name in parentheses that may hold anything; the third follows it.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return new ProcessTimes(
        Long.parseLong(fields[1]),
        seconds(fields[11]) + seconds(fields[12]),
        seconds(fields[13]) + seconds(fields[14]));
  }

  static ProcessTimes self() {
    try {
      return of("self");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read /proc/self/stat: CPU is measured on Linux", e);
    }
  }

  private static double seconds(String ticks) {
    return Long.parseLong(ticks) / TICKS_PER_SECOND;
  }
}
