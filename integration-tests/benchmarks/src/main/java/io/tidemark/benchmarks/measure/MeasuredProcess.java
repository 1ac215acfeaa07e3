package io.tidemark.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs one process to its end. None other may be run by this JVM meanwhile. */
public final class MeasuredProcess {
  private static final long POLL_MILLIS = 20;

  private MeasuredProcess() {}

  /**
   * What a process used, from its start to its end.
   *
   * @param wallSeconds from before it is started until it has ended
   * @param cpuSeconds user and system, of all its threads and of the processes it waited for
   * @param peakRssBytes the most memory that was resident, seen at most 20 ms before the end
   * @param exitCode 0 where all was well
   */
  public record Usage(double wallSeconds, double cpuSeconds, long peakRssBytes, int exitCode) {}

  /**
   * Starts it and waits for it.
   *
   * @param limit after this long it is killed
   */
  public static Usage run(ProcessBuilder builder, Duration limit)
      throws IOException, InterruptedException {
    double cpu = ProcessTimes.self().ofChildren();
    long start = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peakRss(process.pid()));
        if (System.nanoTime() - start > limit.toNanos()) {
          process.destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly();
    }
    double wall = (System.nanoTime() - start) / 1e9;
    return new Usage(wall, ProcessTimes.self().ofChildren() - cpu, peak, process.exitValue());
  }

  private static long peakRss(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException gone) {
      return 0;
    }
    return 0;
  }
}
