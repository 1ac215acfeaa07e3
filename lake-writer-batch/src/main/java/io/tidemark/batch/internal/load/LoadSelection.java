package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadOutcome;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.LoadEntry.Relation;
import io.tidemark.catalog.manifest.Manifest;
import io.tidemark.catalog.manifest.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tables that a manifest's loads come to: a wildcard stands for the tables that its database
 * has now. What is said of one table by its name goes before what a wildcard says of it.
 */
final class LoadSelection {

  private final Manifest manifest;
  private final SourceSessions sessions;
  private final Map<String, LoadEntry> entries = new LinkedHashMap<>();
  private final Map<String, String> contested = new LinkedHashMap<>();
  private final Map<String, List<String>> namedBy = new LinkedHashMap<>();
  private final Map<LoadEntry, Failure> unasked = new LinkedHashMap<>();
  private final Map<String, LoadOutcome.Failed> refused = new LinkedHashMap<>();
  private final List<LoadOutcome.Failed> failed = new ArrayList<>();

  LoadSelection(Manifest manifest, SourceSessions sessions) {
    this.manifest = manifest;
    this.sessions = sessions;
  }

  /**
   * Returns the wildcards whose database could not be asked, and tables they cannot name; where
   * tables were named, those of them.
   */
  List<LoadOutcome.Failed> failed() {
    return failed;
  }

  /**
   * Returns the entries of tables.
   *
   * @param names their names in the lake, or those of wildcards; none for all of them
   * @throws InvalidRequestException if the manifest does not come to one of them
   */
  List<LoadEntry> select(Set<String> names) {
    Collection<LoadEntry> said = manifest.loads().values();
    said.stream().filter(e -> !e.isWildcard()).forEach(e -> entries.put(e.name(), e));
    if (names.isEmpty() || !entries.keySet().containsAll(names)) {
      said.stream().filter(LoadEntry::isWildcard).forEach(this::expand);
      contested.forEach(this::refuse);
    }
    if (names.isEmpty()) {
      unasked.forEach((wildcard, failure) -> failed.add(failure.outcome(wildcard.name())));
      failed.addAll(refused.values());
      return List.copyOf(entries.values());
    }
    return names.stream()
        .flatMap(this::named)
        .distinct()
        .map(this::find)
        .flatMap(Optional::stream)
        .toList();
  }

  private void expand(LoadEntry wildcard) {
    try {
      List<Relation> tables =
          sessions.of(wildcard.source()).tables().stream().filter(wildcard::standsFor).toList();
      if (tables.isEmpty()) {
        throw standsForNone(wildcard);
      }
      tables.stream()
          .filter(table -> !isSaidByName(wildcard, table))
          .forEach(table -> add(wildcard, table));
    } catch (RuntimeException e) {
      sessions.renew(wildcard.source());
      unasked.put(wildcard, Failure.of(wildcard.name(), e));
    }
  }

  /** More likely a typing error, or a privilege that is lacking, than a schema without tables. */
  private static InvalidRequestException standsForNone(LoadEntry wildcard) {
    return new InvalidRequestException(
        "Cannot load %s: %s has no table that %s stands for, or its user may see none (upper and lower case differ)"
            .formatted(wildcard.name(), wildcard.source(), wildcard.relation()));
  }

  private void add(LoadEntry wildcard, Relation table) {
    LoadEntry entry = wildcard.of(table);
    if (!manifest.loads().containsKey(entry.name())) {
      namedBy.computeIfAbsent(wildcard.name(), name -> new ArrayList<>()).add(entry.name());
    }
    Optional<String> complaint =
        dots(entry) > dots(wildcard)
            ? Optional.of("a dot in it would make another namespace")
            : TableName.complaint(entry.name());
    if (manifest.tables().containsKey(entry.name())) {
      refuse(entry.name(), "%s would be a unified table of the manifest".formatted(table));
    } else if (complaint.isPresent()) {
      refuse(
          entry.name(),
          "%s cannot be named so: %s".formatted(TableName.legible("" + table), complaint.get()));
    } else {
      LoadEntry there = entries.putIfAbsent(entry.name(), entry);
      if (there != null && !there.equals(entry) && !manifest.loads().containsKey(entry.name())) {
        contested.put(
            entry.name(),
            isSame(there, entry)
                ? "two wildcards come to %s and load it differently".formatted(table)
                : "%s and %s would both be it".formatted(there.relation(), table));
      }
    }
  }

  private static long dots(LoadEntry entry) {
    return entry.name().chars().filter(c -> c == '.').count();
  }

  private static boolean isSame(LoadEntry one, LoadEntry other) {
    return one.relation().equals(other.relation())
        && one.source().name().equals(other.source().name());
  }

  private void refuse(String name, String reason) {
    entries.remove(name);
    String message =
        "Cannot load %s: %s. Give it a name of its own in the manifest"
            .formatted(TableName.legible(name), reason);
    refused.put(
        name,
        Failure.of(name, new InvalidRequestException(message)).outcome(TableName.legible(name)));
  }

  private boolean isSaidByName(LoadEntry wildcard, Relation table) {
    return manifest.loads().values().stream()
        .anyMatch(
            e -> e.relation().equals(table) && e.source().name().equals(wildcard.source().name()));
  }

  /** Returns the names of the tables that a name means, which may be that of a wildcard. */
  private Stream<String> named(String name) {
    LoadEntry said = manifest.loads().get(name);
    if (said == null || !said.isWildcard()) {
      return Stream.of(name);
    }
    if (unasked.containsKey(said)) {
      failed.add(unasked.get(said).outcome(name));
    }
    return namedBy.getOrDefault(name, List.of()).stream();
  }

  private Optional<LoadEntry> find(String name) {
    LoadEntry entry = entries.get(name);
    if (entry == null) {
      explain(name);
    }
    return Optional.ofNullable(entry);
  }

  /** Which tables there are, a database that cannot be asked does not tell. */
  private void explain(String name) {
    if (refused.containsKey(name)) {
      failed.add(refused.get(name));
      return;
    }
    Failure failure =
        unasked.entrySet().stream()
            .filter(wildcard -> wildcard.getKey().mayName(name))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> unknown(name));
    failed.add(failure.outcome(name));
  }

  private InvalidRequestException unknown(String name) {
    return new InvalidRequestException(
        "Cannot find a load of %s in the manifest: it comes to %s"
            .formatted(name, entries.keySet()));
  }
}
