package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadRun;
import io.tidemark.batch.internal.source.SourceTable;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.job.TablePlan;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

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
      selection
          .failed()
          .forEach(failed -> plans.add(new TablePlan(failed.table(), failed.reason(), false)));
      return plans;
    }
  }

  private TablePlan plan(LoadEntry entry) {
    try {
      TableIdentifier identifier = manifest.loader(entry.name()).identifier();
      PlainTable there = LoadTarget.find(catalog, identifier);
      StepPlan plan = StepPlan.of(entry, sessions.of(entry.source()), there);
      LoadStep step = plan.plan(new LoadExtent.Next());
      plan.check(step);
      String preview =
          PlainTable.preview(
              catalog,
              identifier,
              plan.columns().schema(),
              plan.target().spec(entry),
              entry.onDrift());
      return new TablePlan(entry.name(), preview + "; " + reading(plan, step), true);
    } catch (RuntimeException e) {
      sessions.renew(entry.source());
      return new TablePlan(entry.name(), Failure.of(entry.name(), e).message(), false);
    }
  }

  private String reading(StepPlan plan, LoadStep step) {
    LoadEntry entry = plan.entry();
    SourceTable relation = plan.relation();
    return "reads %s%s of %s: %s, %s, %s"
        .formatted(
            step.filter().isEmpty() ? "" : step.reads() + " of ",
            entry.relation(),
            entry.source().name(),
            rows(entry, relation, step),
            size(relation),
            step.isPart() ? "by one connection" : parts(plan));
  }

  private static String rows(LoadEntry entry, SourceTable relation, LoadStep step) {
    if (relation.estimatedRows() < 0) {
      return "an unknown number of rows";
    }
    String filtered = entry.where() == null && step.filter().isEmpty() ? "" : " before the filter";
    return String.format(Locale.ROOT, "about %,d rows%s", relation.estimatedRows(), filtered);
  }

  private static String size(SourceTable relation) {
    return String.format(Locale.ROOT, "%,d MB", (relation.bytes() + MEGABYTE - 1) / MEGABYTE);
  }

  private String parts(StepPlan plan) {
    TableCut cut = new TableCut(plan.entry(), LoadRun.SPLIT_SIZE.getBytes());
    Reading reading = cut.reading(plan.relation(), parallelism);
    int parts =
        reading.isCut() ? cut.parts(plan.session(), plan.relation(), List.of(), reading).size() : 1;
    return parts > 1 ? "in %d ranges by %s".formatted(parts, reading) : "whole by one connection";
  }
}
