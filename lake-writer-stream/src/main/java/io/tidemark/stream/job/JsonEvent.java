package io.tidemark.stream.job;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object into the declared fields. A field that is missing or null is null; unknown
 * fields are passed over; a value that is not of the declared type makes the event unreadable.
 */
final class JsonEvent {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final EventType type;
  private final List<JsonValue> values;

  JsonEvent(EventType type) {
    this.type = type;
    this.values =
        type.row().getFields().subList(0, type.fields()).stream()
            .map(RowType.RowField::getType)
            .map(JsonValue::of)
            .toList();
  }

  /**
   * Fills the declared fields of an event.
   *
   * @throws UnreadableException if the payload is not such an event; the message says why
   */
  void read(byte @Nullable [] payload, GenericRowData event) {
    JsonNode object = object(payload);
    for (int i = 0; i < type.fields(); i++) {
      event.setField(i, value(object, i));
    }
    if (event.isNullAt(type.eventTime())) {
      throw new UnreadableException(
          "no event time: %s is missing".formatted(name(type.eventTime())));
    }
  }

  private @Nullable Object value(JsonNode object, int position) {
    JsonNode node = object.get(name(position));
    if (node == null || node.isNull()) {
      return null;
    }
    try {
      return values.get(position).read(node);
    } catch (RuntimeException e) {
      throw new UnreadableException(
          "field %s: %s is no %s"
              .formatted(
                  name(position),
                  node,
                  type.row().getTypeAt(position).copy(true).asSummaryString()));
    }
  }

  private static JsonNode object(byte @Nullable [] payload) {
    if (payload == null) {
      throw new UnreadableException("no payload");
    }
    try {
      JsonNode node = READER.readValue(payload);
      if (!node.isObject()) {
        throw new UnreadableException("not a JSON object");
      }
      return node;
    } catch (IOException e) {
      throw new UnreadableException("not JSON");
    }
  }

  private String name(int position) {
    return type.row().getFieldNames().get(position);
  }
}
