package io.tidemark.catalog.manifest;

import io.tidemark.catalog.Secrets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code sources:}. */
final class SourceSection {

  private static final List<String> TYPES = List.of("postgresql", "kafka");

  private SourceSection() {}

  static @Nullable Source read(String name, Section section) {
    String type = section.read("type", SourceSection::parseType);
    if (type == null) {
      return null;
    }
    Plaintext.refuse(section);
    return type.equals("kafka") ? kafka(name, section) : postgres(name, section);
  }

  private static @Nullable Source postgres(String name, Section section) {
    section.allow("type", "url", "user", "password", "connections");
    String url = section.read("url", SourceSection::parseUrl);
    String user = section.text("user");
    String password = section.read("password", "", text -> text);
    Integer connections = section.read("connections", 4, SourceSection::parseConnections);
    return section.build(() -> new Source.Postgres(name, url, user, password, connections));
  }

  private static @Nullable Source kafka(String name, Section section) {
    section.allow("type", "bootstrap", "properties");
    String bootstrap = section.text("bootstrap");
    Map<String, String> properties = new TreeMap<>();
    if (section.has("properties")) {
      Section further = section.section("properties", "properties of source " + name);
      Plaintext.refuse(further);
      further.keys().forEach(key -> properties.put(key, further.text(key)));
    }
    return section.build(() -> new Source.Kafka(name, bootstrap, properties));
  }

  private static String parseType(String type) {
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException(
          "unknown source type '%s': expected postgresql or kafka%s"
              .formatted(type, Suggestion.of(type, TYPES)));
    }
    return type;
  }

  private static String parseUrl(String url) {
    if (!Secrets.isReference(url) && !url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("expected jdbc:postgresql://<host>:<port>/<database>");
    }
    return Plaintext.url(url);
  }

  private static int parseConnections(String text) {
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException("expected a number from 1 to 9999: " + text);
    }
    return Integer.parseInt(text);
  }
}
