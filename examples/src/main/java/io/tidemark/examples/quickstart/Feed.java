package io.tidemark.examples.quickstart;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * All that happens to the ads of the story, in the order in which the topic hears of it.
 *
 * @param first the events up to the evening of the open day
 * @param evening the rest of the open day's
 * @param late clicks of the sealed days that are underway for too long
 * @param refunds clicks of the sealed days that billing takes back
 */
record Feed(List<AdEvent> first, List<AdEvent> evening, List<AdEvent> late, List<AdEvent> refunds) {

  private static final int EVENTS_PER_DAY = 20_000;
  private static final int LATE_PER_DAY = 30;
  private static final int REFUND_EVERY = 40;

  static Feed of(StoryDays days) {
    AdEvents events = new AdEvents();
    LocalDate open = days.open();
    Instant evening = open.atTime(LocalTime.of(18, 0)).atZone(StoryDays.ZONE).toInstant();
    Instant end = StoryDays.startOf(open.plusDays(1));
    List<AdEvent> first =
        events.between(StoryDays.startOf(days.first()), evening, EVENTS_PER_DAY * 11 / 4);
    List<AdEvent> rest = events.between(evening, end, EVENTS_PER_DAY / 4);
    List<AdEvent> late = new ArrayList<>();
    days.sealed().forEach(day -> late.addAll(events.lateClicks(day, LATE_PER_DAY)));
    return new Feed(first, rest, late, refunds(first, days));
  }

  /** Returns what billing delivers of the sealed days: late or not. */
  List<AdEvent> billed(StoryDays days) {
    List<AdEvent> billed = new ArrayList<>(late);
    first.stream().filter(event -> days.sealed().contains(event.day())).forEach(billed::add);
    return billed;
  }

  private static List<AdEvent> refunds(List<AdEvent> events, StoryDays days) {
    List<AdEvent> clicks =
        events.stream()
            .filter(event -> event.click() && days.sealed().contains(event.day()))
            .toList();
    List<AdEvent> refunds = new ArrayList<>();
    for (int i = 0; i < clicks.size(); i += REFUND_EVERY) {
      refunds.add(clicks.get(i));
    }
    return refunds;
  }
}
