package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadOutcome;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadResult;
import io.tidemark.catalog.manifest.LoadEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.Catalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what can be wrong with loads before anything is read, and creates the plain tables that
 * are not there yet. What is wrong with one table is no matter of the others.
 */
final class LoadPreparation {

  private static final Logger LOG = LoggerFactory.getLogger(LoadPreparation.class);

  private final Catalog catalog;
  private final String runId;
  private final LoadExtent extent;
  private final long splitBytes;
  private final SourceSessions sessions;
  private final List<TableLoad> loads = new ArrayList<>();
  private final List<LoadOutcome> outcomes = new ArrayList<>();

  LoadPreparation(
      Catalog catalog, SourceSessions sessions, String runId, LoadExtent extent, long splitBytes) {
    this.catalog = catalog;
    this.sessions = sessions;
    this.runId = runId;
    this.extent = extent;
    this.splitBytes = splitBytes;
  }

  /** Returns the loads to run. */
  List<TableLoad> loads() {
    return loads;
  }

  /** Returns what became of tables of which nothing is to be run. */
  List<LoadOutcome> outcomes() {
    return outcomes;
  }

  void prepare(LoadEntry entry, TableLoader target) {
    try {
      PlainTable there = LoadTarget.find(catalog, target.identifier());
      Optional<LoadResult> before = there == null ? Optional.empty() : there.find(runId);
      if (before.isPresent()) {
        Sweep.after(there.table(), runId).run(false);
        outcomes.add(landed(entry, before.get()));
      } else {
        loads.add(load(target, StepPlan.of(entry, sessions.of(entry.source()), there)));
      }
    } catch (RuntimeException e) {
      sessions.renew(entry.source());
      outcomes.add(Failure.of(entry.name(), e).outcome(entry.name()));
    }
  }

  /** What is refused leaves the table as it is, or not there at all. */
  private TableLoad load(TableLoader target, StepPlan plan) {
    LoadEntry entry = plan.entry();
    LoadStep step = plan.plan(extent);
    check(plan, step);
    PlainTable table =
        PlainTable.createOrEvolve(
            catalog,
            target.identifier(),
            plan.columns().schema(),
            plan.target().spec(entry),
            entry.onDrift());
    return new TableLoad(
        target,
        LayoutGuard.of(table.table()),
        Load.Begin.of(table.table()),
        entry,
        plan.relation(),
        plan.columns().queryFor(table.table().schema(), step.filter()),
        step,
        runId,
        splitBytes);
  }

  /** A database that cannot tell now, as somebody locks the table, is asked again by the load. */
  private void check(StepPlan plan, LoadStep step) {
    try {
      plan.check(step);
    } catch (UnavailableException e) {
      LOG.debug("Cannot tell whether {} can be loaded", plan.entry().name(), e);
      sessions.renew(plan.entry().source());
    }
  }

  private static LoadOutcome landed(LoadEntry entry, LoadResult result) {
    return new LoadOutcome.Loaded(
        entry.name(),
        result.mode(),
        result.rows(),
        result.replaced(),
        0,
        0,
        0,
        result.snapshotId(),
        true,
        null,
        Duration.ZERO);
  }
}
