package io.tidemark.batch.internal.seal;

import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Tells whether periods begin where the grain does, in the local time of the contract's zone. */
record GrainEdges(Grain grain, ZoneId zone) {

  static GrainEdges of(TableContract contract) {
    return new GrainEdges(contract.period().grain(), contract.window().zone());
  }

  /** Tells it of a period in microseconds from the epoch. */
  boolean isEdge(long micros) {
    Instant period = Window.instant(micros);
    LocalDateTime local = LocalDateTime.ofInstant(period, zone);
    LocalDateTime floor = floor(local);
    // An hour that the clock repeats begins twice; a day begins once, at one o'clock where the
    // clock skips its midnight.
    boolean repeated = grain.compareTo(Grain.HOUR) <= 0 && local.equals(floor);
    return repeated || floor.atZone(zone).toInstant().equals(period);
  }

  private LocalDateTime floor(LocalDateTime local) {
    return switch (grain) {
      case MINUTE -> local.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> local.truncatedTo(ChronoUnit.HOURS);
      case DAY -> local.truncatedTo(ChronoUnit.DAYS);
      case MONTH -> local.toLocalDate().withDayOfMonth(1).atStartOfDay();
    };
  }
}
