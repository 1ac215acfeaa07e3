package io.tidemark.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Adds up what this process and a server use in the sections between start and stop. */
public final class Meter {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final ServerCpu server;
  private double wall;
  private double client;
  private double ofServer;

  public Meter(ServerCpu server) {
    this.server = server;
  }

  public void start() {
    add(-1);
  }

  public void stop() {
    add(1);
  }

  private void add(int sign) {
    wall += sign * System.nanoTime() / 1e9;
    client += sign * SYSTEM.getProcessCpuTime() / 1e9;
    ofServer += sign * server.seconds();
  }

  public double wallSeconds() {
    return wall;
  }

  public double clientCpuSeconds() {
    return client;
  }

  public double serverCpuSeconds() {
    return ofServer;
  }
}
