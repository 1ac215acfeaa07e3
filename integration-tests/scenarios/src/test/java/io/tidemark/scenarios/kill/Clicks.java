package io.tidemark.scenarios.kill;

import io.tidemark.catalog.window.Window;
import java.math.BigDecimal;
import java.time.Duration;
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
 * They know what a table that is complete to some offsets must say.
 */
final class Clicks {

  static final int PARTITIONS = 2;

  /** The day that stays open. */
  static final Instant OPEN_DAY = Instant.parse("2026-11-19T15:00:00Z");

  /** The day before, which a test may seal: its events are late then. */
  static final Window FIRST_DAY = new Window(OPEN_DAY.minus(Duration.ofDays(1)), OPEN_DAY);

  private final Site site;
  private final Random random = new Random(7);
  private final List<List<Click>> sent = List.of(new ArrayList<>(), new ArrayList<>());

  Clicks(Site site) {
    this.site = site;
  }

  /** Sends events and waits until the broker has them. */
  void send(int count) {
    List<Click> clicks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clicks.add(click(i % 10 == 3, i * 86_000_000L / count));
    }
    Collections.shuffle(clicks.subList(0, count / 2), random);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            site.servers().kafka().clientProperties(),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < count; i++) {
        int partition = i % PARTITIONS;
        String json = clicks.get(i).json();
        producer.send(new ProducerRecord<>(site.topic(), partition, null, json)).get();
        sent.get(partition).add(clicks.get(i));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot send events", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while sending events", e);
    }
  }

  private Click click(boolean late, long millis) {
    Instant at = (late ? FIRST_DAY.lo() : OPEN_DAY).plusMillis(millis);
    return new Click(late, at, random.nextInt(20), BigDecimal.valueOf(random.nextInt(10_000), 2));
  }

  /** Returns what the open day has when everything is in. */
  Totals open() {
    return Totals.of(sent.stream().flatMap(List::stream).filter(c -> !c.late()).map(Click::price));
  }

  /** Returns what the open day has where a table is complete to these offsets. */
  Totals open(Map<String, Integer> offsets) {
    List<Click> complete = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int next = offsets.getOrDefault(site.topic() + "-" + partition, 0);
      complete.addAll(sent.get(partition).subList(0, next));
    }
    return Totals.of(complete.stream().filter(click -> !click.late()).map(Click::price));
  }

  /** Returns the clicks that came too late. */
  long late() {
    return sent.stream().flatMap(List::stream).filter(Click::late).count();
  }

  private record Click(boolean late, Instant at, int campaign, BigDecimal price) {
    String json() {
      return "{\"at\":\"%s\",\"campaign\":%d,\"price\":%s}".formatted(at, campaign, price);
    }
  }
}
