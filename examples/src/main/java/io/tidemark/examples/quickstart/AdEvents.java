package io.tidemark.examples.quickstart;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Makes up the events of the story, the same ones each time. */
final class AdEvents {

  /** How far an event may overtake another. */
  private static final Duration DISORDER = Duration.ofSeconds(100);

  private static final int CAMPAIGNS = 12;
  private static final List<String> PLACEMENTS = List.of("feed", "search", "video");

  private final Random random = new Random(20_240_101);

  /** Returns events spread evenly over a time, slightly out of order. */
  List<AdEvent> between(Instant from, Instant to, int count) {
    record Arrival(AdEvent event, long millis) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AdEvent event = at(from.plusMillis(random.nextLong(Duration.between(from, to).toMillis())));
      long delay = random.nextLong(DISORDER.toMillis());
      arrivals.add(new Arrival(event, event.occurredAt().toEpochMilli() + delay));
    }
    arrivals.sort(Comparator.comparingLong(Arrival::millis));
    return arrivals.stream().map(Arrival::event).toList();
  }

  /** Returns clicks of a day that were on the way for too long. */
  List<AdEvent> lateClicks(LocalDate day, int count) {
    Instant from = StoryDays.startOf(day);
    List<AdEvent> clicks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clicks.add(click(from.plusMillis(random.nextLong(Duration.ofDays(1).toMillis()))));
    }
    return clicks;
  }

  /** Returns events that no reader can make sense of. */
  static List<String> malformed() {
    return List.of(
        "{\"occurred_at\":\"2024-01-",
        "not json at all",
        "{\"occurred_at\":\"yesterday\",\"type\":\"click\",\"campaign_id\":1,"
            + "\"placement\":\"feed\",\"price\":0.10}",
        "{\"occurred_at\":\"2024-01-01T00:00:00Z\",\"type\":\"click\",\"campaign_id\":\"seven\","
            + "\"placement\":\"feed\",\"price\":0.10}",
        "[1, 2, 3]");
  }

  private AdEvent at(Instant time) {
    return random.nextInt(100) < 8
        ? click(time)
        : new AdEvent(time, false, campaign(), placement(), new BigDecimal("0.01"));
  }

  private AdEvent click(Instant time) {
    BigDecimal price = BigDecimal.valueOf(10 + random.nextLong(140), 2);
    return new AdEvent(time, true, campaign(), placement(), price);
  }

  private long campaign() {
    return 1 + random.nextLong(CAMPAIGNS);
  }

  private String placement() {
    return PLACEMENTS.get(random.nextInt(PLACEMENTS.size()));
  }
}
