package io.tidemark.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU that a database server has used: its first process, the backends, those that ended. */
public final class ServerCpu {
  private final long pid;

  /**
   * Looks at a server.
   *
   * @param pid the id of its first process, the parent of all others
   */
  public ServerCpu(long pid) {
    this.pid = pid;
  }

  /** Seconds, user and system, since the server started. */
  public double seconds() {
    try {
      double seconds = ofLivingChildren();
      ProcessTimes first = ProcessTimes.of(Long.toString(pid));
      return seconds + first.own() + first.ofChildren();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the CPU of server " + pid, e);
    }
  }

  private double ofLivingChildren() throws IOException {
    double seconds = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        seconds += ofChild(process.getFileName().toString());
      }
    }
    return seconds;
  }

  private double ofChild(String child) {
    try {
      ProcessTimes times = ProcessTimes.of(child);
      return times.parent() == pid ? times.own() : 0;
    } catch (IOException gone) {
      return 0; // From now on it is among the children that have ended.
    }
  }
}
