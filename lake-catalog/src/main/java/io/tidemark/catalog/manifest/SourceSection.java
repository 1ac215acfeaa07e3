package io.tidemark.catalog.manifest;

import io.tidemark.catalog.manifest.Source.Jdbc;
import io.tidemark.catalog.manifest.Source.MariaDb;
import io.tidemark.catalog.manifest.Source.Postgres;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code sources:}. */
final class SourceSection {

  private static final List<String> TYPES =
      List.of("postgresql", "mariadb", "mysql", "jdbc", "kafka");

  /** One driver connects to both, whichever its URL names. */
  private static final List<String> MARIADB_OR_MYSQL = List.of("jdbc:mariadb:", "jdbc:mysql:");

  private SourceSection() {}

  static @Nullable Source read(String name, Section section) {
    String type = section.read("type", SourceSection::parseType);
    if (type == null) {
      return null;
    }
    Plaintext.refuse(section);
    return switch (type) {
      case "kafka" -> kafka(name, section);
      case "postgresql" ->
          database(
              name,
              section,
              List.of("jdbc:postgresql:"),
              "//<host>:<port>/<database>",
              Postgres::new);
      case "jdbc" -> database(name, section, List.of("jdbc:"), "<driver>:...", Jdbc::new);
      default ->
          database(name, section, MARIADB_OR_MYSQL, "//<host>:<port>/<database>", MariaDb::new);
    };
  }

  private static @Nullable Source database(
      String name, Section section, List<String> prefixes, String rest, Constructor constructor) {
    section.allow("type", "url", "user", "password", "connections");
    String url = section.read("url", text -> parseUrl(text, prefixes, rest));
    String user = section.text("user");
    String password = section.read("password", "", text -> text);
    Integer connections = section.read("connections", 4, SourceSection::parseConnections);
    return section.build(() -> constructor.create(name, url, user, password, connections));
  }

  /** What makes a source of the keys that all databases have. */
  private interface Constructor {
    Source create(String name, String url, String user, String password, int connections);
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
          "unknown source type '%s': expected one of %s%s"
              .formatted(type, String.join(", ", TYPES), Suggestion.of(type, TYPES)));
    }
    return type;
  }

  private static String parseUrl(String url, List<String> prefixes, String rest) {
    boolean beginsWithReference = url.startsWith("${");
    if (!beginsWithReference && prefixes.stream().noneMatch(url::startsWith)) {
      throw new IllegalArgumentException("expected " + prefixes.get(0) + rest);
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
