package io.tidemark.catalog.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sources that were read, and the names of those that could not be. */
record Sources(Map<String, Source> valid, Set<String> names) {

  static Sources read(@Nullable Section section) {
    Map<String, Source> valid = new LinkedHashMap<>();
    if (section == null) {
      return new Sources(valid, Set.of());
    }
    for (String name : section.keys()) {
      Source source = SourceSection.read(name, section.section(name, "source " + name));
      if (source != null) {
        valid.put(name, source);
      }
    }
    return new Sources(valid, section.keys());
  }

  /** Returns the source that the key {@code source} names, or null after a complaint. */
  <T extends Source> @Nullable T find(Section section, Class<T> kind) {
    Source found = section.read("source", this::named);
    if (found == null || kind.isInstance(found)) {
      return kind.cast(found);
    }
    section.complain(
        "source",
        "'source' in %s: %s does not serve here; expected a %s source"
            .formatted(
                section.name(),
                found,
                kind == Source.Kafka.class ? "kafka" : "postgresql, mariadb, mysql or jdbc"));
    return null;
  }

  private @Nullable Source named(String name) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "unknown source '%s': expected one of %s%s"
              .formatted(name, String.join(", ", names), Suggestion.of(name, names)));
    }
    return valid.get(name);
  }
}
