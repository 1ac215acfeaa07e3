package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadOutcome;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.ledger.PastRun;
import io.tidemark.catalog.ledger.PastRun.Outcome;
import io.tidemark.catalog.ledger.RunHistory;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.LoadMode;
import io.tidemark.catalog.manifest.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what became of the tables of a run, which is done whether that can be recorded or not.
 */
final class FleetHistory {

  private static final Logger LOG = LoggerFactory.getLogger(FleetHistory.class);
  private static final int LONGEST_MESSAGE = 2_000;

  private final Manifest manifest;
  private final String runId;
  private final Instant begun = Instant.now();

  /** Begins a run. */
  FleetHistory(Manifest manifest, String runId) {
    this.manifest = manifest;
    this.runId = runId;
  }

  /** Records all outcomes of the run, in one commit for each namespace. */
  void record(List<LoadEntry> entries, List<LoadOutcome> outcomes) {
    try (OpenCatalog open = OpenCatalog.of(manifest.catalog())) {
      Instant ended = Instant.now();
      Map<String, LoadEntry> byName =
          entries.stream().collect(Collectors.toMap(LoadEntry::name, Function.identity()));
      Map<Namespace, List<PastRun>> runs =
          outcomes.stream()
              .map(outcome -> run(outcome, byName.get(outcome.table()), ended))
              .collect(Collectors.groupingBy(run -> namespace(run, byName)));
      runs.forEach((namespace, some) -> record(open.catalog(), namespace, some));
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  /** What cannot be recorded in one namespace is no matter of the others. */
  private void record(Catalog catalog, Namespace namespace, List<PastRun> runs) {
    if (LoadEntry.isPattern(namespace.toString())) {
      return;
    }
    try {
      RunHistory.of(catalog, namespace).record(runs);
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  private void warn(RuntimeException e) {
    LOG.warn("Cannot record run {} in the run history: {}", runId, Secrets.redact("" + e));
  }

  /**
   * A table that could not be named is at home where the wildcard that comes to it is; where that
   * has a namespace for each schema, it is in none.
   */
  private Namespace namespace(PastRun run, Map<String, LoadEntry> entries) {
    String name =
        entries.containsKey(run.table())
            ? run.table()
            : manifest.loads().values().stream()
                .filter(entry -> entry.isWildcard() && entry.mayName(run.table()))
                .map(LoadEntry::name)
                .findFirst()
                .orElse(run.table());
    return manifest.loader(name).identifier().namespace();
  }

  private PastRun run(LoadOutcome outcome, @Nullable LoadEntry entry, Instant ended) {
    String source = entry == null ? null : TableLoad.origin(entry);
    if (outcome instanceof LoadOutcome.Loaded loaded) {
      return new PastRun(
          loaded.table(),
          runId,
          source,
          loaded.mode().toString(),
          begun,
          ended,
          loaded.alreadyLoaded() ? Outcome.UNCHANGED : Outcome.LOADED,
          loaded.rows(),
          loaded.files(),
          loaded.snapshotId(),
          null);
    }
    String reason = Secrets.redact(((LoadOutcome.Failed) outcome).reason());
    String message = reason.substring(0, Math.min(reason.length(), LONGEST_MESSAGE));
    return new PastRun(
        outcome.table(),
        runId,
        source,
        asked(entry).toString(),
        begun,
        ended,
        Outcome.FAILED,
        0,
        0,
        null,
        message);
  }

  private static Load.Mode asked(@Nullable LoadEntry entry) {
    if (entry == null || entry.mode() instanceof LoadMode.Full) {
      return Load.Mode.FULL;
    }
    return entry.mode() instanceof LoadMode.Append ? Load.Mode.APPEND : Load.Mode.UPSERT;
  }
}
