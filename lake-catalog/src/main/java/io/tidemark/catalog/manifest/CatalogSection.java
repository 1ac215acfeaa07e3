package io.tidemark.catalog.manifest;

import io.tidemark.catalog.CatalogReference;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code catalog:}. Keys with a dot are Iceberg's and pass as they are. */
final class CatalogSection {

  private static final String DEFAULT_NAME = "lake";
  private static final List<String> TYPES = List.of("jdbc", "rest");
  private static final String[] KEYS = {
    "type",
    "name",
    "uri",
    "warehouse",
    "user",
    "password",
    "credential",
    "token",
    "io-impl",
    "clients",
    "scope",
    "audience",
    "resource",
    "prefix",
    "oauth2-server-uri",
    "metrics-reporter-impl"
  };

  private CatalogSection() {}

  static @Nullable CatalogReference read(Section section) {
    section.allow(key -> key.contains("."), KEYS);
    Plaintext.refuse(section);
    String type = section.read("type", CatalogSection::parseType);
    section.read("uri", Plaintext::url);
    if ("jdbc".equals(type)) {
      section.text("warehouse");
    }
    Map<String, String> properties = new TreeMap<>();
    section.keys().forEach(key -> properties.put(key, section.text(key)));
    String name = properties.remove("name");
    return section.build(
        () -> new CatalogReference(name == null ? DEFAULT_NAME : name, properties));
  }

  private static String parseType(String type) {
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException(
          "catalog type '%s' is not supported: expected jdbc or rest%s"
              .formatted(type, Suggestion.of(type, TYPES)));
    }
    return type;
  }
}
