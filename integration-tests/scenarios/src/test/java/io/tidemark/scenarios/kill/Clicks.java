package io.tidemark.scenarios.kill;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Click events, the same ones on every run: out of order, some of them for a day that is sealed.
 */
final class Clicks {

  /** The day that is sealed before the stream starts; its events are late. */
  static final Instant SEALED_DAY = Instant.parse("2026-11-18T15:00:00Z");

  /** The day that stays open. */
  static final Instant OPEN_DAY = Instant.parse("2026-11-19T15:00:00Z");

  private final Random random = new Random(7);
  private long open;
  private long late;
  private BigDecimal cost = BigDecimal.ZERO;

  /** Sends events and waits until the broker has them. */
  void send(Site site, int count) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(event(i % 10 == 3, i * 86_000_000L / count));
    }
    Collections.shuffle(events.subList(0, count / 2), random);
    Map<String, Object> settings =
        Map.of("bootstrap.servers", site.kafka().bootstrapServers(), "acks", "all");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < count; i++) {
        producer.send(new ProducerRecord<>(Site.TOPIC, i % 2, null, events.get(i))).get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot send events", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while sending events", e);
    }
  }

  private String event(boolean isLate, long millis) {
    BigDecimal price = BigDecimal.valueOf(random.nextInt(10_000), 2);
    if (isLate) {
      late++;
    } else {
      open++;
      cost = cost.add(price);
    }
    return "{\"at\":\"%s\",\"campaign\":%d,\"price\":%s}"
        .formatted((isLate ? SEALED_DAY : OPEN_DAY).plusMillis(millis), random.nextInt(20), price);
  }

  /** Returns the clicks that belong into the open day. */
  long open() {
    return open;
  }

  /** Returns the clicks that came too late. */
  long late() {
    return late;
  }

  /** Returns what the clicks of the open day cost. */
  BigDecimal cost() {
    return cost;
  }
}
