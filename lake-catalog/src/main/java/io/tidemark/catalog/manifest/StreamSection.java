package io.tidemark.catalog.manifest;

import io.tidemark.catalog.manifest.TableEntry.Stream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Reads {@code stream:} of a table. */
final class StreamSection {

  private StreamSection() {}

  static @Nullable Stream read(Section section, Sources sources) {
    section.allow("id", "from", "fields", "select", "late");
    String id = section.read("id", StreamSection::checkId);
    String select = section.text("select");
    Map<String, Type.PrimitiveType> fields = readFields(section);
    Section from = section.section("from");
    if (from == null) {
      return null;
    }
    from.allow("source", "topic", "format", "event-time", "out-of-order");
    Source.Kafka source = sources.find(from, Source.Kafka.class);
    String topic = from.text("topic");
    String format = from.read("format", StreamSection::parseFormat);
    String eventTime = from.read("event-time", name -> checkEventTime(name, fields));
    Duration outOfOrder = from.read("out-of-order", Duration.ZERO, ManifestDuration::parse);
    return section.build(
        () -> new Stream(id, source, topic, format, eventTime, outOfOrder, fields, select.strip()));
  }

  private static Map<String, Type.PrimitiveType> readFields(Section section) {
    Map<String, Type.PrimitiveType> types = new LinkedHashMap<>();
    Section fields = section.section("fields");
    if (fields != null) {
      fields.keys().forEach(name -> types.put(name, fields.read(name, ColumnType::parse)));
    }
    return types;
  }

  /** The id is part of a table property's name. */
  private static String checkId(String id) {
    if (!id.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "expected up to 100 letters, digits, dots, dashes and underscores: " + id);
    }
    return id;
  }

  private static String parseFormat(String format) {
    if (!format.equals("json")) {
      throw new IllegalArgumentException("unknown format '%s': expected json".formatted(format));
    }
    return format;
  }

  private static String checkEventTime(String name, Map<String, Type.PrimitiveType> fields) {
    if (!fields.containsKey(name)) {
      throw new IllegalArgumentException(
          "%s is not one of the fields%s".formatted(name, Suggestion.of(name, fields.keySet())));
    }
    Type type = fields.get(name);
    if (type != null && !(type instanceof Types.TimestampType)) {
      throw new IllegalArgumentException(
          "field %s is a %s: expected timestamptz or timestamp".formatted(name, type));
    }
    return name;
  }
}
