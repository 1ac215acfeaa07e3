package io.tidemark.catalog.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.catalog.commit.Anchor;
import io.tidemark.catalog.commit.Attention;
import io.tidemark.catalog.commit.StreamToken;
import io.tidemark.catalog.commit.TableState;
import io.tidemark.catalog.window.ClosedRange;
import io.tidemark.catalog.window.ClosedSet;
import io.tidemark.catalog.window.Cuts;
import io.tidemark.catalog.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state of a unified table as table properties, see FORMAT.md. */
public final class StateCodec {

  /** The characters within which a closed set must fit. */
  public static final int CLOSED_LIMIT = 4_000;

  /** The characters within which what wants attention must fit. */
  public static final int ATTENTION_LIMIT = 4_000;

  /** The characters within which the positions of a token must fit. */
  public static final int POSITIONS_LIMIT = 4_096;

  private StateCodec() {}

  /** Reads the state from a table's properties. */
  public static TableState decode(Map<String, String> properties) {
    ClosedSet closed = ClosedSet.empty();
    Cuts cuts = Cuts.none();
    Anchor closedAnchor = null;
    if (properties.containsKey(Keys.CLOSED)) {
      JsonNode json = Json.parse(Keys.CLOSED, properties.get(Keys.CLOSED));
      closed = ranges(json.required("ranges"));
      cuts = cuts(json.path("cuts"));
      closedAnchor = anchor(json);
    }
    Map<String, StreamToken> tokens = new HashMap<>();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(Keys.STREAM_PREFIX)) {
            String id = key.substring(Keys.STREAM_PREFIX.length());
            tokens.put(id, token(id, Json.parse(key, value)));
          }
        });
    String anchor = properties.get(Keys.ANCHOR);
    return new TableState(
        closed,
        cuts,
        closedAnchor,
        tokens,
        attention(properties.get(Keys.ATTENTION)),
        anchor == null ? null : anchor(Json.parse(Keys.ANCHOR, anchor)),
        properties.get(Keys.REOPENED));
  }

  /** Returns the property of the closed set. */
  public static String encode(ClosedSet closed, Cuts cuts, Anchor anchor) {
    ObjectNode json = Json.object();
    json.set("ranges", Json.parse(Keys.CLOSED, encode(closed)));
    if (!cuts.entries().isEmpty()) {
      ArrayNode entries = json.putArray("cuts");
      cuts.entries().forEach(cut -> encode(entries.addArray(), cut));
    }
    return anchored(json, anchor);
  }

  private static void encode(ArrayNode json, Cuts.Entry cut) {
    json.add(cut.range().lo().toString());
    json.add(cut.range().hi().toString());
    json.add(cut.position());
  }

  private static Cuts cuts(JsonNode json) {
    List<Cuts.Entry> entries = new ArrayList<>();
    for (JsonNode one : json) {
      Window range = new Window(instant(one.get(0)), instant(one.get(1)));
      entries.add(new Cuts.Entry(range, one.get(2).asText()));
    }
    return new Cuts(entries);
  }

  /** Returns the ranges of a closed set, as in a summary. */
  public static String encode(ClosedSet closed) {
    ArrayNode ranges = Json.array();
    for (ClosedRange range : closed.ranges()) {
      ArrayNode one = ranges.addArray();
      one.add(range.range().lo().toString());
      one.add(range.range().hi().toString());
      one.add(range.version());
      encode(one, range);
    }
    return ranges.toString();
  }

  /** The run's windows are told only where they are not the whole range. */
  private static void encode(ArrayNode json, ClosedRange range) {
    ClosedRange.LastRun run = range.lastRun();
    if (run != null) {
      json.add(run.id());
      if (!run.windows().equals(range.range())) {
        json.add(run.windows().lo().toString());
        json.add(run.windows().hi().toString());
      }
    }
  }

  /** Returns the closed set of a summary. */
  public static ClosedSet decodeRanges(String text) {
    return ranges(Json.parse(Keys.CLOSED, text));
  }

  private static ClosedSet ranges(JsonNode json) {
    List<ClosedRange> ranges = new ArrayList<>();
    for (JsonNode one : json) {
      Window range = new Window(instant(one.get(0)), instant(one.get(1)));
      ranges.add(new ClosedRange(range, one.get(2).asInt(), lastRun(one, range)));
    }
    return new ClosedSet(ranges);
  }

  private static ClosedRange.@Nullable LastRun lastRun(JsonNode json, Window range) {
    return switch (json.size()) {
      case 3 -> null;
      case 4 -> new ClosedRange.LastRun(json.get(3).asText(), range);
      default ->
          new ClosedRange.LastRun(
              json.get(3).asText(), new Window(instant(json.get(4)), instant(json.get(5))));
    };
  }

  /** Returns the property of a token; positions that do not fit are left out. */
  public static String encode(StreamToken token) {
    ObjectNode json = Json.object();
    json.put("commit-id", token.commitId());
    if (token.watermark() != null) {
      json.put("watermark", token.watermark().toString());
    }
    String positions = positions(token.positions());
    if (!token.positions().isEmpty() && positions.length() <= POSITIONS_LIMIT) {
      json.set("positions", Json.parse(Keys.POSITIONS, positions));
    }
    if (token.publishedAt() != token.sequenceNumber()) {
      json.put("published-at", token.publishedAt());
    }
    if (token.retired()) {
      json.put("retired", true);
    }
    return anchored(json, new Anchor(token.snapshotId(), token.sequenceNumber()));
  }

  static String positions(Map<String, String> positions) {
    ObjectNode json = Json.object();
    new TreeMap<>(positions).forEach(json::put);
    return json.toString();
  }

  static Map<String, String> decodePositions(@Nullable JsonNode json) {
    Map<String, String> positions = new HashMap<>();
    if (json != null) {
      json.fields().forEachRemaining(e -> positions.put(e.getKey(), e.getValue().asText()));
    }
    return positions;
  }

  static StreamToken token(String id, JsonNode json) {
    Anchor anchor = anchor(json);
    return new StreamToken(
        id,
        json.required("commit-id").asText(),
        anchor.snapshotId(),
        anchor.sequenceNumber(),
        json.has("published-at") ? json.get("published-at").asLong() : anchor.sequenceNumber(),
        json.has("watermark") ? instant(json.get("watermark")) : null,
        decodePositions(json.get("positions")),
        json.path("retired").asBoolean());
  }

  /** Returns the property of what wants attention. */
  public static String encode(List<Attention> attention) {
    ArrayNode json = Json.array();
    for (Attention one : attention) {
      ArrayNode entry = json.addArray();
      entry.add(one.range().lo().toString());
      entry.add(one.range().hi().toString());
      entry.add(one.reason().toString());
      entry.add(one.count());
    }
    return json.toString();
  }

  private static List<Attention> attention(@Nullable String text) {
    List<Attention> attention = new ArrayList<>();
    if (text != null) {
      for (JsonNode one : Json.parse(Keys.ATTENTION, text)) {
        Window range = new Window(instant(one.get(0)), instant(one.get(1)));
        reason(one.get(2).asText())
            .ifPresent(r -> attention.add(new Attention(range, r, one.get(3).asLong())));
      }
    }
    return attention;
  }

  /** A reason of a later format is ignored; whoever must not ignore it is told by the features. */
  private static Optional<Attention.Reason> reason(String text) {
    return Arrays.stream(Attention.Reason.values())
        .filter(r -> r.toString().equals(text))
        .findAny();
  }

  /** Returns the property of the newest commit that followed the protocol. */
  public static String encode(Anchor anchor) {
    return anchored(Json.object(), anchor);
  }

  private static String anchored(ObjectNode json, Anchor anchor) {
    json.put("snapshot-id", anchor.snapshotId());
    json.put("sequence-number", anchor.sequenceNumber());
    return json.toString();
  }

  private static Anchor anchor(JsonNode json) {
    return new Anchor(
        json.required("snapshot-id").asLong(), json.required("sequence-number").asLong());
  }

  private static Instant instant(JsonNode text) {
    return Instant.parse(text.asText());
  }
}
