package io.tidemark.catalog.manifest;

import io.tidemark.catalog.InvalidRequestException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the manifest. What is missing or cannot be read is complained about with its line
 * and read as null, so that reading goes on; {@link #build} makes a value only where nothing was.
 */
final class Section {

  private final String name;
  private final int line;
  private final Complaints complaints;
  private final @Nullable Section parent;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private boolean valid = true;

  private Section(
      String name, int line, Node node, Complaints complaints, @Nullable Section parent) {
    this.name = name;
    this.line = line;
    this.complaints = complaints;
    this.parent = parent;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::add);
    } else {
      complain("%s must be a mapping of keys to values".formatted(name));
    }
  }

  /** Returns the whole manifest. */
  static Section root(Node node, Complaints complaints) {
    return new Section("the manifest", line(node), node, complaints, null);
  }

  private void add(NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      complainAt(line(entry.getKeyNode()), "a key of %s must be a text".formatted(name));
    } else if (entries.putIfAbsent(key.getValue(), entry) != null) {
      complainAt(line(key), "duplicate key '%s' in %s".formatted(key.getValue(), name));
    }
  }

  String name() {
    return name;
  }

  Set<String> keys() {
    return entries.keySet();
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Complains about every key but the known ones. */
  void allow(String... known) {
    allow(key -> false, known);
  }

  /** Complains about every key but those that pass and the known ones. */
  void allow(Predicate<String> passes, String... known) {
    List<String> names = List.of(known);
    keys().stream()
        .filter(key -> !passes.test(key) && !names.contains(key))
        .forEach(key -> complain(key, unknown(key, names)));
  }

  private String unknown(String key, List<String> names) {
    return "unknown key '%s' in %s: expected %s%s"
        .formatted(key, name, String.join(", ", names), Suggestion.of(key, names));
  }

  /** Returns a text that must be there. */
  @Nullable String text(String key) {
    if (!has(key)) {
      complain("%s lacks the key '%s'".formatted(name, key));
      return null;
    }
    if (value(key) instanceof ScalarNode scalar && !Tag.NULL.equals(scalar.getTag())) {
      return scalar.getValue();
    }
    complain(key, "'%s' in %s must be a text".formatted(key, name));
    return null;
  }

  /** Returns a text, if there is one, without a complaint. */
  Optional<String> peek(String key) {
    return has(key) && value(key) instanceof ScalarNode scalar
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** Returns what a text that must be there says. */
  <T> @Nullable T read(String key, Function<String, T> parser) {
    String text = text(key);
    return text == null ? null : attempt(line(value(key)), in(key), () -> parser.apply(text));
  }

  /** Returns what a text says, or a default where it is not there. */
  <T> @Nullable T read(String key, @Nullable T fallback, Function<String, T> parser) {
    return has(key) ? read(key, parser) : fallback;
  }

  /** Returns what the texts of a list say; a single text is a list of one, none an empty list. */
  <T> List<T> list(String key, Function<String, T> parser) {
    if (!has(key)) {
      return List.of();
    }
    if (!(value(key) instanceof SequenceNode sequence)) {
      T one = read(key, parser);
      return one == null ? List.of() : List.of(one);
    }
    List<T> values = new ArrayList<>();
    for (Node node : sequence.getValue()) {
      if (node instanceof ScalarNode scalar && !Tag.NULL.equals(scalar.getTag())) {
        T one = attempt(line(node), in(key), () -> parser.apply(scalar.getValue()));
        if (one != null) {
          values.add(one);
        }
      } else {
        complainAt(line(node), "%s must be a list of texts".formatted(in(key)));
      }
    }
    return values;
  }

  private String in(String key) {
    return "'%s' in %s".formatted(key, name);
  }

  /** Returns a section that must be there. */
  @Nullable Section section(String key) {
    if (!has(key)) {
      complain("%s lacks the section '%s'".formatted(name, key));
      return null;
    }
    return section(key, key);
  }

  /** Returns a section, under the name it is to have in complaints. */
  Section section(String key, String called) {
    int at = line(entries.get(key).getKeyNode());
    return new Section(called, at, value(key), complaints, this);
  }

  /** Returns a value made of what was read, or null where this section has a complaint. */
  <T> @Nullable T build(Supplier<T> maker) {
    return valid ? attempt(line, name, maker) : null;
  }

  private <T> @Nullable T attempt(int at, String what, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (InvalidRequestException | IllegalArgumentException | DateTimeException e) {
      complainAt(at, what + ": " + e.getMessage());
      return null;
    }
  }

  void complain(String text) {
    complainAt(line, text);
  }

  /** Complains about the line of a key. */
  void complain(String key, String text) {
    complainAt(line(entries.get(key).getKeyNode()), text);
  }

  private void complainAt(int at, String text) {
    complaints.add(at, text);
    for (Section section = this; section != null; section = section.parent) {
      section.valid = false;
    }
  }

  private Node value(String key) {
    return entries.get(key).getValueNode();
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
