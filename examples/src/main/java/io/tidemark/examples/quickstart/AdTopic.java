package io.tidemark.examples.quickstart;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic that ad events are sent to. Remembers where each well-formed event went. */
final class AdTopic implements AutoCloseable {

  static final String NAME = "ad-events";
  static final int PARTITIONS = 2;

  private final Producer<byte[], byte[]> producer;
  private final List<SentEvents.Sent> sent = new ArrayList<>();

  AdTopic(String bootstrapServers) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends events in their order; returns once the broker has them. */
  void send(List<AdEvent> events) {
    List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
    for (AdEvent event : events) {
      acknowledged.add(
          producer.send(record((int) (event.campaignId() % PARTITIONS), event.json())));
    }
    for (int i = 0; i < events.size(); i++) {
      RecordMetadata metadata = await(acknowledged.get(i));
      sent.add(new SentEvents.Sent(metadata.partition(), metadata.offset(), events.get(i)));
    }
  }

  /** Sends what is no event. */
  void sendMalformed(String payload) {
    await(producer.send(record(Math.floorMod(payload.hashCode(), PARTITIONS), payload)));
  }

  /** Returns all well-formed events sent so far. */
  SentEvents sent() {
    return new SentEvents(sent);
  }

  @Override
  public void close() {
    producer.close();
  }

  private static ProducerRecord<byte[], byte[]> record(int partition, String payload) {
    return new ProducerRecord<>(NAME, partition, null, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static RecordMetadata await(Future<RecordMetadata> acknowledged) {
    try {
      return acknowledged.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot send to " + NAME, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while sending to " + NAME, e);
    }
  }
}
