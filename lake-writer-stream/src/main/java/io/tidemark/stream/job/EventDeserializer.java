package io.tidemark.stream.job;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads every record of the topic as an event, those that cannot be read too. */
final class EventDeserializer implements KafkaRecordDeserializationSchema<RowData> {

  private static final long serialVersionUID = 1L;

  private final EventType type;
  private transient JsonEvent json;

  EventDeserializer(EventType type) {
    this.type = type;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    json = new JsonEvent(type);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RowData> out) {
    GenericRowData event = located(record);
    try {
      json.read(record.value(), event);
    } catch (UnreadableException e) {
      event = located(record);
      event.setField(type.fields() + 4, StringData.fromString(e.getMessage()));
    }
    out.collect(event);
  }

  private GenericRowData located(ConsumerRecord<byte[], byte[]> record) {
    GenericRowData event = new GenericRowData(type.row().getFieldCount());
    event.setField(type.fields(), StringData.fromString(record.topic()));
    event.setField(type.fields() + 1, record.partition());
    event.setField(type.fields() + 2, record.offset());
    event.setField(type.fields() + 3, record.value());
    return event;
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return InternalTypeInfo.of(type.row());
  }
}
