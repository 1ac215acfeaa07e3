package io.tidemark.examples.quickstart;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The well-formed events and where in the topic each is.
 *
 * @param events the events
 */
record SentEvents(List<Sent> events) {

  SentEvents {
    events = List.copyOf(events);
  }

  /** Returns the figures of all events, by local day. */
  Map<LocalDate, Figures> figures() {
    return figures(sent -> true);
  }

  /**
   * Returns the figures of the events before some positions, by local day.
   *
   * @param upTo the first offset left out, by partition; none of a partition that is not named
   */
  Map<LocalDate, Figures> figures(Map<Integer, Long> upTo) {
    return figures(sent -> sent.offset() < upTo.getOrDefault(sent.partition(), 0L));
  }

  private Map<LocalDate, Figures> figures(Predicate<Sent> included) {
    Map<LocalDate, Figures> figures = new TreeMap<>();
    events.stream()
        .filter(included)
        .map(Sent::event)
        .forEach(event -> figures.merge(event.day(), event.figures(), Figures::plus));
    return figures;
  }

  /**
   * Where an event went.
   *
   * @param partition the partition
   * @param offset its offset there
   * @param event the event
   */
  record Sent(int partition, long offset, AdEvent event) {}
}
