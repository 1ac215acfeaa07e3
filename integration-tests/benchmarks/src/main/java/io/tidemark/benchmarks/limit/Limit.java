package io.tidemark.benchmarks.limit;

import java.util.List;

/**
 * The time that the legs of a load allow at best.
 *
 * @param read reading, on as many connections as there are cores
 * @param write writing
 */
public record Limit(LegPass read, LegPass write) {

  /**
   * T*, in seconds: the cores cannot do the work of all legs sooner, and no leg can be shorter than
   * it is alone.
   */
  public double seconds(int cores) {
    double shared = (read.cpu() + write.cpu()) / cores;
    return Math.max(shared, Math.max(read.wall(), write.wall()));
  }

  /** Client and server CPU of all legs, in seconds. */
  public double cpu() {
    return read.cpu() + write.cpu();
  }

  static Limit of(List<LegPass> passes, int pass) {
    return new Limit(
        find(passes, CopyLeg.name(LimitLegs.CONNECTIONS), pass),
        find(passes, ParquetLeg.NAME, pass));
  }

  private static LegPass find(List<LegPass> passes, String leg, int pass) {
    return passes.stream()
        .filter(candidate -> candidate.leg().equals(leg) && candidate.pass() == pass)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("Cannot find pass %d of %s".formatted(pass, leg)));
  }
}
