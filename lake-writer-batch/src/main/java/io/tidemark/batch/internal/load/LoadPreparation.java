package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadOutcome;
import io.tidemark.batch.internal.source.SourceQuery;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnavailableException;
import io.tidemark.catalog.commit.Load;
import io.tidemark.catalog.commit.LoadResult;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.PartitionBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;
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
      SourceSession session = sessions.of(entry.source());
      SourceTable relation = session.describe(entry.relation());
      SourceColumns columns = new SourceColumns(entry, relation);
      PlainTable there = find(target);
      Optional<LoadResult> before = there == null ? Optional.empty() : there.find(runId);
      if (before.isPresent()) {
        Sweep.after(there.table(), runId).run(false);
        outcomes.add(landed(entry, before.get()));
      } else {
        LoadTarget plain = LoadTarget.of(there, columns.schema(), entry.onDrift());
        LoadStep step = new StepPlan(entry, session, relation, columns, plain).plan(extent);
        check(entry, session, relation, columns.queryFor(columns.schema(), step.filter()));
        PlainTable table =
            PlainTable.createOrEvolve(
                catalog,
                target.identifier(),
                columns.schema(),
                spec(entry, plain.schema()),
                entry.onDrift());
        Load.Begin begin = Load.Begin.of(table.table());
        Schema schema = table.table().schema();
        SourceQuery query = columns.queryFor(schema, step.filter());
        LayoutGuard layout = LayoutGuard.of(table.table());
        loads.add(
            new TableLoad(target, layout, begin, entry, relation, query, step, runId, splitBytes));
      }
    } catch (RuntimeException e) {
      sessions.renew(entry.source());
      outcomes.add(Failure.of(entry.name(), e).outcome(entry.name()));
    }
  }

  /** A database that cannot tell now, as somebody locks the table, is asked again by the load. */
  private void check(
      LoadEntry entry, SourceSession session, SourceTable relation, SourceQuery query) {
    try {
      session.check(relation, query);
    } catch (UnavailableException e) {
      LOG.debug("Cannot tell whether {} can be loaded", entry.name(), e);
      sessions.renew(entry.source());
    }
  }

  /** Returns the table as it is: what is refused must leave it so, or not there at all. */
  private @Nullable PlainTable find(TableLoader target) {
    try {
      return PlainTable.load(catalog, target.identifier());
    } catch (NoSuchTableException | NoSuchNamespaceException e) {
      return null;
    }
  }

  /**
   * Returns the partitions that an entry asks for.
   *
   * @param schema the columns that the table would have: those of the source may have gone
   */
  static PartitionSpec spec(LoadEntry entry, Schema schema) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    try {
      for (PartitionBy field : entry.partition()) {
        field.addTo(spec);
      }
      return spec.build();
    } catch (RuntimeException e) {
      throw new InvalidRequestException(
          "Cannot partition %s: %s".formatted(entry.name(), e.getMessage()), e);
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
