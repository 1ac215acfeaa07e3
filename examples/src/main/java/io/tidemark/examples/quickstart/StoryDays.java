package io.tidemark.examples.quickstart;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The days of the story: two that are sealed and one that stays open.
 *
 * @param first the first day, which is the table's origin
 */
record StoryDays(LocalDate first) {

  static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

  /** The last three days that are over in the story's zone. */
  static StoryDays lastThree() {
    return new StoryDays(LocalDate.now(ZONE).minusDays(3));
  }

  List<LocalDate> sealed() {
    return List.of(first, first.plusDays(1));
  }

  LocalDate open() {
    return first.plusDays(2);
  }

  List<LocalDate> all() {
    return List.of(first, first.plusDays(1), open());
  }

  static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant();
  }

  static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZONE);
  }

  static Instant hourOf(Instant instant) {
    return ZonedDateTime.ofInstant(instant, ZONE).truncatedTo(ChronoUnit.HOURS).toInstant();
  }
}
