package io.tidemark.catalog.job;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.commit.HistoryRewrittenException;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadPosition;
import io.tidemark.catalog.commit.LoadState;
import io.tidemark.catalog.commit.PastLoad;
import io.tidemark.catalog.ledger.PastRun;
import io.tidemark.catalog.ledger.PastRun.Outcome;
import io.tidemark.catalog.ledger.RunHistory;
import io.tidemark.catalog.manifest.LoadEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;

/** What the last runs of plain tables did, for people. For one thread. */
final class LoadStatus {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Catalog catalog;
  private final Map<Namespace, Map<String, PastRun>> runs = new HashMap<>();
  private final Map<Namespace, String> unreadable = new HashMap<>();

  /**
   * @param catalog the catalog of the tables
   */
  LoadStatus(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Returns the status of a table. */
  String of(TableIdentifier table) {
    try {
      if (!catalog.tableExists(table)) {
        return withFailure(table, Instant.EPOCH, "missing: no load has created it yet");
      }
      return describe(table).orElseGet(() -> withFailure(table, Instant.EPOCH, "never loaded"));
    } catch (InvalidRequestException e) {
      return "cannot be loaded: " + e.getMessage();
    } catch (NotFoundException e) {
      return unreadable(e);
    }
  }

  /**
   * Returns the status of tables that a wildcard may stand for. Only its database could tell which
   * tables it stands for now: these are the ones that were ever loaded, or failed.
   *
   * @param others the names of tables that it does not stand for, and of wildcards, its own too
   */
  Map<String, String> of(LoadEntry wildcard, Set<String> others) {
    Map<String, String> found = new TreeMap<>();
    for (Namespace namespace : namespaces(wildcard)) {
      failure(wildcard, namespace, others).ifPresent(run -> found.put(run.table(), describe(run)));
      catalog.listTables(namespace).stream()
          .filter(table -> !table.name().equals(RunHistory.NAME))
          .filter(table -> wildcard.mayName(table.toString()))
          .filter(table -> !others.contains(table.toString()))
          .forEach(table -> loaded(table).ifPresent(s -> found.put(table.toString(), s)));
      runs(namespace).values().stream()
          .filter(run -> run.outcome() == Outcome.FAILED)
          .filter(run -> wildcard.mayName(run.table()) && !others.contains(run.table()))
          .forEach(run -> found.putIfAbsent(run.table(), describe(run)));
    }
    return found.isEmpty()
        ? Map.of(wildcard.name(), "missing: no load has created a table yet")
        : found;
  }

  /**
   * A wildcard's database could not be asked, and no table that it may stand for has had a run
   * since.
   */
  private Optional<PastRun> failure(LoadEntry wildcard, Namespace namespace, Set<String> others) {
    Map<String, PastRun> newest = runs(namespace);
    return Optional.ofNullable(newest.get(wildcard.name()))
        .filter(
            failed ->
                newest.values().stream()
                    .filter(run -> wildcard.mayName(run.table()) && !others.contains(run.table()))
                    .noneMatch(run -> run.ended().isAfter(failed.ended())));
  }

  private Optional<String> loaded(TableIdentifier table) {
    try {
      return describe(table);
    } catch (InvalidRequestException e) {
      return Optional.empty();
    } catch (NotFoundException e) {
      return Optional.of(unreadable(e));
    }
  }

  /** The catalog has the table, the store has lost its metadata. */
  private static String unreadable(NotFoundException e) {
    return "cannot be read: " + Secrets.redact("" + e.getMessage());
  }

  private List<Namespace> namespaces(LoadEntry wildcard) {
    if (!(catalog instanceof SupportsNamespaces namespaces)) {
      return List.of();
    }
    String[] levels = wildcard.name().substring(0, wildcard.name().lastIndexOf('.')).split("\\.");
    return below(namespaces, Namespace.empty(), levels).toList();
  }

  /** Catalogs list the namespaces of one level, below one that there is. */
  private static Stream<Namespace> below(
      SupportsNamespaces catalog, Namespace parent, String[] levels) {
    if (parent.length() == levels.length) {
      return Stream.of(parent);
    }
    String level = levels[parent.length()];
    Stream<Namespace> children =
        LoadEntry.isPattern(level)
            ? catalog.listNamespaces(parent).stream()
            : Stream.of(child(parent, level)).filter(catalog::namespaceExists);
    return children.flatMap(child -> below(catalog, child, levels));
  }

  private static Namespace child(Namespace parent, String level) {
    String[] levels = Arrays.copyOf(parent.levels(), parent.length() + 1);
    levels[parent.length()] = level;
    return Namespace.of(levels);
  }

  private Optional<String> describe(TableIdentifier identifier) {
    PlainTable table = PlainTable.load(catalog, identifier);
    return table
        .lastLoad()
        .map(l -> withFailure(identifier, l.committedAt(), describe(l) + through(table)));
  }

  /** The table itself tells what landed; of a run that failed since, only the history does. */
  private String withFailure(TableIdentifier table, Instant landed, String status) {
    PastRun run = runs(table.namespace()).get(table.toString());
    return run != null && run.outcome() == Outcome.FAILED && run.ended().isAfter(landed)
        ? describe(run) + "   before: " + status
        : status + unreadable.getOrDefault(table.namespace(), "");
  }

  private Map<String, PastRun> runs(Namespace namespace) {
    return runs.computeIfAbsent(namespace, this::newest);
  }

  /** Where the history cannot be read, what landed is told all the same. */
  private Map<String, PastRun> newest(Namespace namespace) {
    try {
      return RunHistory.of(catalog, namespace).newest();
    } catch (InvalidRequestException | NotFoundException e) {
      unreadable.put(namespace, "   failures unknown: " + Secrets.redact("" + e.getMessage()));
      return Map.of();
    }
  }

  private static String describe(PastRun run) {
    return "failed at %s   run %s   %s"
        .formatted(TIME.format(run.ended()), run.runId(), run.message());
  }

  private static String describe(PastLoad load) {
    return String.format(
        Locale.ROOT,
        "loaded at %s   %,d rows of %s (%s%s)   run %s   snapshot %d",
        TIME.format(load.committedAt()),
        load.rows(),
        load.source(),
        load.mode(),
        load.mode() == Load.Mode.UPSERT
            ? String.format(Locale.ROOT, ", %,d replaced", load.replaced())
            : "",
        load.runId(),
        load.snapshotId());
  }

  private static String through(PlainTable table) {
    try {
      return table.state().map(LoadState::position).map(LoadStatus::describe).orElse("");
    } catch (HistoryRewrittenException e) {
      return "   " + e.getMessage();
    }
  }

  private static String describe(LoadPosition position) {
    int before = position.ranges().get(0).lo() == null ? 0 : 1;
    int gaps = before + position.ranges().size() - 1;
    return "   complete to %s %s%s"
        .formatted(
            position.terms().cursor(),
            position.through(),
            gaps == 0 ? "" : " but for gaps: " + gaps);
  }
}
