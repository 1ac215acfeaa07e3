package io.tidemark.stream.job;

import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.manifest.TableEntry;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Flink's Kafka source, with secrets as references: it is built where it runs, so that no secret
 * travels in the job graph. Only committed records are read, and no offset is kept in Kafka.
 */
final class KafkaEvents
    implements Source<RowData, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<RowData> {

  private static final long serialVersionUID = 1L;

  private final TableEntry.Stream stream;
  private final EventType type;
  private final StartingOffsets start;
  private final boolean stopAtLatest;

  KafkaEvents(
      TableEntry.Stream stream, EventType type, StartingOffsets start, boolean stopAtLatest) {
    this.stream = stream;
    this.type = type;
    this.start = start;
    this.stopAtLatest = stopAtLatest;
  }

  /** Returns the client's properties with the secrets in them; for the place of use only. */
  static Properties resolved(TableEntry.Stream stream) {
    Properties properties = new Properties();
    properties.setProperty("isolation.level", "read_committed");
    properties.putAll(Secrets.resolve(stream.source().properties()));
    properties.setProperty("bootstrap.servers", Secrets.resolvePlain(stream.source().bootstrap()));
    return properties;
  }

  @Override
  public Boundedness getBoundedness() {
    return stopAtLatest ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<RowData, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return build().createReader(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return build().createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws Exception {
    return build().restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new KafkaPartitionSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return new KafkaSourceEnumStateSerializer();
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return deserializer().getProducedType();
  }

  private KafkaSource<RowData> build() {
    KafkaSourceBuilder<RowData> builder =
        KafkaSource.<RowData>builder()
            .setTopics(stream.topic())
            .setDeserializer(deserializer())
            .setStartingOffsets(start)
            .setProperties(resolved(stream))
            .setProperty("commit.offsets.on.checkpoint", "false");
    if (stopAtLatest) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return builder.build();
  }

  private KafkaRecordDeserializationSchema<RowData> deserializer() {
    return new EventDeserializer(type);
  }
}
