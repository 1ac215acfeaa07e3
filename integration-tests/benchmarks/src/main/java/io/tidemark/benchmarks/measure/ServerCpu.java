package io.tidemark.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The CPU that a database server has used: its first process, the backends, those that ended. */
public final class ServerCpu {
  private final long pid;
  private final Supplier<Stream<ProcessHandle>> children;

  /**
   * Looks at a server.
   *
   * @param pid the id of its first process, the parent of all others
   */
  public ServerCpu(long pid) {
    this(pid, () -> ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children));
  }

  ServerCpu(long pid, Supplier<Stream<ProcessHandle>> children) {
    this.pid = pid;
    this.children = children;
  }

  /**
   * Seconds, user and system, since the server started. Looks again where a child ends meanwhile,
   * whose seconds would be among those of the living and of the ended.
   */
  public double seconds() {
    try {
      ProcessTimes before;
      ProcessTimes first = ProcessTimes.of(pid);
      double living;
      do {
        before = first;
        living = ofLivingChildren();
        first = ProcessTimes.of(pid);
      } while (first.ofChildren() != before.ofChildren());
      return living + first.own() + first.ofChildren();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the CPU of server " + pid, e);
    }
  }

  private double ofLivingChildren() {
    return children.get().mapToDouble(ServerCpu::ofChild).sum();
  }

  private static double ofChild(ProcessHandle child) {
    try {
      return ProcessTimes.of(child.pid()).own();
    } catch (IOException gone) {
      return 0; // It is among the children that have ended.
    }
  }
}
