package io.tidemark.catalog.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.catalog.commit.Anchor;
import io.tidemark.catalog.commit.CursorRange;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadPosition;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.LoadTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;

/** The state of the loads of a plain table as a table property, see FORMAT.md. */
final class LoadStateCodec {

  /** The characters within which the ranges must fit. */
  static final int RANGES_LIMIT = 4_000;

  private static final String TRANSACTION = "transaction";

  private LoadStateCodec() {}

  /** Returns the property. */
  static String encode(LoadState state, Schema schema) {
    LoadPosition position = state.position();
    LoadTerms terms = position.terms();
    ObjectNode json = Json.object();
    json.put("mode", terms.mode().toString());
    json.put("source", terms.source());
    if (terms.where() != null) {
      json.put("where", terms.where());
    }
    if (terms.column() == null) {
      json.put("cursor", TRANSACTION);
    } else {
      json.putObject("cursor").put("column", terms.column());
    }
    if (!terms.key().isEmpty()) {
      ArrayNode key = json.putArray("key");
      terms.key().forEach(name -> key.add(schema.findField(name).fieldId()));
    }
    if (!terms.forms().isEmpty()) {
      terms.forms().forEach(json.putArray("forms")::add);
    }
    json.set("ranges", Json.parse(Keys.LOAD, encode(position.ranges())));
    if (position.mark() != null) {
      json.put("mark", position.mark());
    }
    json.put("run-id", state.runId());
    json.put("rows", state.rows());
    json.put("snapshot-id", state.anchor().snapshotId());
    json.put("sequence-number", state.anchor().sequenceNumber());
    return json.toString();
  }

  /** Returns the ranges, as the property has them. */
  static String encode(List<CursorRange> ranges) {
    ArrayNode json = Json.array();
    ranges.forEach(range -> json.addArray().add(range.lo()).add(range.hi()));
    return json.toString();
  }

  /** Reads the state from a table's properties, where there is one. */
  static Optional<LoadState> decode(Map<String, String> properties, Schema schema) {
    String text = properties.get(Keys.LOAD);
    return text == null ? Optional.empty() : Optional.of(decode(text, schema));
  }

  private static LoadState decode(String text, Schema schema) {
    JsonNode json = Json.parse(Keys.LOAD, text);
    LoadTerms terms =
        new LoadTerms(
            Load.Mode.of(json.required("mode").asText()),
            json.required("source").asText(),
            json.path("where").asText(null),
            json.required("cursor").path("column").asText(null),
            key(json.path("key"), schema),
            texts(json.path("forms")));
    return new LoadState(
        new LoadPosition(terms, ranges(json.required("ranges")), json.path("mark").asText(null)),
        json.required("run-id").asText(),
        json.required("rows").asLong(),
        new Anchor(
            json.required("snapshot-id").asLong(), json.required("sequence-number").asLong()));
  }

  /** A column that is gone has no name; the number that stands for it is the name of none. */
  private static List<String> key(JsonNode json, Schema schema) {
    List<String> key = new ArrayList<>();
    for (JsonNode id : json) {
      String name = schema.findColumnName(id.asInt());
      key.add(name == null ? "#" + id.asInt() : name);
    }
    return key;
  }

  private static List<String> texts(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<CursorRange> ranges(JsonNode json) {
    List<CursorRange> ranges = new ArrayList<>();
    for (JsonNode one : json) {
      ranges.add(new CursorRange(one.get(0).asText(null), one.get(1).asText()));
    }
    return ranges;
  }
}
