package io.tidemark.batch.internal.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range as JSON, which names the whole cut: read again, it is the very same range. */
final class KeyRangeText {

  /** What an edge may be. It becomes part of a statement, and texts may come from anywhere. */
  private static final Pattern LITERAL =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?|'[-+:. 0-9]*'|(_utf8mb4 )?x'([0-9A-F]{2})*'");

  private static final ObjectMapper JSON = new ObjectMapper();

  private KeyRangeText() {}

  static String of(KeyRange range) {
    ObjectNode node = JSON.createObjectNode();
    addAll(node.putArray("key"), range.key());
    ArrayNode edges = node.putArray("edges");
    range.edges().forEach(edge -> addAll(edges.addArray(), edge));
    node.put("index", range.index());
    return node.toString();
  }

  /** Returns the range that a text tells of, of no bytes; empty where it tells of none. */
  static Optional<KeyRange> parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      List<String> key = texts(node.path("key"));
      List<List<String>> edges = new ArrayList<>();
      node.path("edges").forEach(edge -> edges.add(texts(edge)));
      int index = node.path("index").asInt(-1);
      boolean valid =
          index >= 0
              && index <= edges.size()
              && edges.stream().allMatch(edge -> isEdge(edge, key.size()));
      return valid ? Optional.of(new KeyRange(key, edges, index, 0)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Tells whether an SQL literal may be part of an edge. */
  static boolean isLiteral(String literal) {
    return LITERAL.matcher(literal).matches();
  }

  private static boolean isEdge(List<String> edge, int columns) {
    return columns > 0 && edge.size() == columns && edge.stream().allMatch(KeyRangeText::isLiteral);
  }

  private static void addAll(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
