package io.tidemark.stream.job;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.manifest.TableEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A topic as it is before the job starts, so that a wrong name, password or address fails at once.
 *
 * @param earliest the offset of the earliest event there still is, by partition
 */
record KafkaTopic(Map<TopicPartition, Long> earliest) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Looks at a stream's topic.
   *
   * @throws InvalidRequestException if there is no such topic, or the credentials are refused
   * @throws UnavailableException if Kafka does not answer
   */
  static KafkaTopic of(TableEntry.Stream stream) {
    Properties properties = KafkaEvents.resolved(stream);
    properties.setProperty("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
    properties.setProperty("request.timeout.ms", Long.toString(PATIENCE.toMillis()));
    properties.remove("isolation.level");
    try (Admin admin = Admin.create(properties)) {
      return new KafkaTopic(earliest(admin, stream.topic()));
    } catch (ExecutionException e) {
      throw explain(stream, e.getCause());
    } catch (KafkaException e) {
      throw explain(stream, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted while looking at topic " + stream.topic(), e);
    }
  }

  private static Map<TopicPartition, Long> earliest(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    KafkaFuture<TopicDescription> description =
        admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
    Map<TopicPartition, OffsetSpec> asked =
        description.get().partitions().stream()
            .collect(
                Collectors.toMap(
                    p -> new TopicPartition(topic, p.partition()), p -> OffsetSpec.earliest()));
    return admin.listOffsets(asked).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }

  private static RuntimeException explain(TableEntry.Stream stream, Throwable cause) {
    String where = "topic %s of %s".formatted(stream.topic(), stream.source());
    if (cause instanceof UnknownTopicOrPartitionException) {
      return new InvalidRequestException("Cannot read %s: there is no such topic".formatted(where));
    }
    if (cause instanceof AuthenticationException) {
      return new InvalidRequestException(
          "Cannot read %s: Kafka refuses the credentials".formatted(where));
    }
    return new UnavailableException(
        "Cannot read %s: %s".formatted(where, cause.getMessage()), cause);
  }
}
