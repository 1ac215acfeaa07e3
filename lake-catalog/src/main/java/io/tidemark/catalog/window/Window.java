package io.tidemark.catalog.window;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A half-open range {@code [lo, hi)} of periods. Edges are instants with microsecond precision, the
 * precision of an Iceberg timestamp.
 *
 * @param lo the first instant inside
 * @param hi the first instant behind
 */
public record Window(Instant lo, Instant hi) implements Comparable<Window>, Serializable {

  public Window {
    if (!lo.isBefore(hi)) {
      throw new IllegalArgumentException("Cannot form a window: " + lo + " is not before " + hi);
    }
  }

  /** Returns the window between two edges in microseconds from the epoch. */
  public static Window ofMicros(long lo, long hi) {
    return new Window(instant(lo), instant(hi));
  }

  /** Returns an instant as microseconds from the epoch, negative before 1970. */
  public static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  /** Returns the instant that many microseconds from the epoch. */
  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Returns {@link #lo()} in microseconds from the epoch. */
  public long loMicros() {
    return micros(lo);
  }

  /** Returns {@link #hi()} in microseconds from the epoch. */
  public long hiMicros() {
    return micros(hi);
  }

  /** Tells whether a period in microseconds from the epoch lies in this window. */
  public boolean contains(long micros) {
    return loMicros() <= micros && micros < hiMicros();
  }

  /** Tells whether the other window lies wholly in this one. */
  public boolean contains(Window other) {
    return !other.lo.isBefore(lo) && !other.hi.isAfter(hi);
  }

  /** Returns the range that this window and another one have in common, if any. */
  public Optional<Window> intersect(Window other) {
    Instant from = lo.isBefore(other.lo) ? other.lo : lo;
    Instant to = hi.isBefore(other.hi) ? hi : other.hi;
    return from.isBefore(to) ? Optional.of(new Window(from, to)) : Optional.empty();
  }

  /** Returns what is left of this window without another one: none, one or two ranges. */
  public List<Window> minus(Window other) {
    if (intersect(other).isEmpty()) {
      return List.of(this);
    }
    List<Window> rest = new ArrayList<>();
    if (lo.isBefore(other.lo)) {
      rest.add(new Window(lo, other.lo));
    }
    if (other.hi.isBefore(hi)) {
      rest.add(new Window(other.hi, hi));
    }
    return rest;
  }

  /** Returns the least range that holds this window and another one. */
  public Window span(Window other) {
    return new Window(lo.isBefore(other.lo) ? lo : other.lo, hi.isBefore(other.hi) ? other.hi : hi);
  }

  @Override
  public int compareTo(Window other) {
    int byLo = lo.compareTo(other.lo);
    return byLo != 0 ? byLo : hi.compareTo(other.hi);
  }

  @Override
  public String toString() {
    return "[" + lo + ", " + hi + ")";
  }
}
