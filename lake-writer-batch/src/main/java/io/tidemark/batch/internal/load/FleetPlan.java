package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadRun;
import io.tidemark.batch.internal.postgres.Session;
import io.tidemark.batch.internal.postgres.copy.CopyCheck;
import io.tidemark.batch.internal.postgres.copy.CopyQuery;
import io.tidemark.batch.internal.postgres.copy.CopyRanges;
import io.tidemark.batch.internal.postgres.copy.PostgresCatalog;
import io.tidemark.batch.internal.postgres.copy.PostgresTable;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.job.TablePlan;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;

/** Finds out what a run of loads would do, and does none of it. */
public final class FleetPlan {

  private static final long MEGABYTE = 1_000_000;

  private final Manifest manifest;
  private final Catalog catalog;
  private final SourceSessions sessions;
  private final int parallelism =
      StreamExecutionEnvironment.getExecutionEnvironment().getParallelism();

  private FleetPlan(Manifest manifest, Catalog catalog, SourceSessions sessions) {
    this.manifest = manifest;
    this.catalog = catalog;
    this.sessions = sessions;
  }

  /**
   * Plans loads.
   *
   * @param names the tables to load; none for all of the manifest
   * @throws io.tidemark.catalog.InvalidRequestException if the manifest does not come to one of
   *     them
   */
  public static List<TablePlan> of(Manifest manifest, Catalog catalog, Set<String> names) {
    try (SourceSessions sessions = new SourceSessions()) {
      FleetPlan fleet = new FleetPlan(manifest, catalog, sessions);
      LoadSelection selection = new LoadSelection(manifest, sessions);
      List<TablePlan> plans = new ArrayList<>();
      selection.select(names).forEach(entry -> plans.add(fleet.plan(entry)));
      selection.failed().forEach(failed -> plans.add(infeasible(failed.table(), failed.reason())));
      return plans;
    }
  }

  private TablePlan plan(LoadEntry entry) {
    try {
      Session session = sessions.of(entry.source());
      PostgresTable relation =
          new PostgresCatalog(session)
              .describe(entry.relation().schema(), entry.relation().table());
      SourceColumns columns = new SourceColumns(entry, relation);
      check(session, relation, columns);
      String finding = preview(entry, columns.schema()) + "; " + reading(entry, relation);
      return new TablePlan(entry.name(), finding, true);
    } catch (RuntimeException e) {
      return infeasible(entry.name(), Failure.of(entry.name(), e).message());
    }
  }

  private static TablePlan infeasible(String name, String reason) {
    String said = "Cannot load %s: ".formatted(name);
    String cause = reason.startsWith(said) ? reason.substring(said.length()) : reason;
    return new TablePlan(name, "cannot be loaded: " + cause, false);
  }

  /** One leaf stands for all: the role may read each of them, or they are read as one table. */
  private static void check(Session session, PostgresTable relation, SourceColumns columns) {
    CopyQuery query = columns.queryFor(columns.schema());
    CopyRanges.of(relation, Long.MAX_VALUE, 1).stream()
        .findFirst()
        .ifPresent(range -> CopyCheck.run(session, query, range));
  }

  private String preview(LoadEntry entry, Schema schema) {
    return PlainTable.preview(
        catalog,
        manifest.loader(entry.name()).identifier(),
        schema,
        LoadPreparation.spec(entry, schema),
        entry.onDrift());
  }

  private String reading(LoadEntry entry, PostgresTable relation) {
    return "reads %s of %s: %s, %s, %s"
        .formatted(
            entry.relation(),
            entry.source().name(),
            rows(entry, relation),
            size(relation),
            parts(entry, relation));
  }

  private static String rows(LoadEntry entry, PostgresTable relation) {
    if (relation.estimatedRows() < 0) {
      return "an unknown number of rows";
    }
    String filtered = entry.where() == null ? "" : " before the filter";
    return String.format(Locale.ROOT, "about %,d rows%s", relation.estimatedRows(), filtered);
  }

  private static String size(PostgresTable relation) {
    return String.format(Locale.ROOT, "%,d MB", (relation.bytes() + MEGABYTE - 1) / MEGABYTE);
  }

  private String parts(LoadEntry entry, PostgresTable relation) {
    TableCut cut = new TableCut(entry, LoadRun.SPLIT_SIZE.getBytes());
    int readers = cut.readers(relation, parallelism);
    return readers == 1
        ? "whole by one connection"
        : "in %d ranges by %d connections and one that holds their snapshot"
            .formatted(cut.parts(relation, List.of(), readers).size(), readers);
  }
}
