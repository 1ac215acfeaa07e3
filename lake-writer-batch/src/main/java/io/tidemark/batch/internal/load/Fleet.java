package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadOutcome;
import io.tidemark.batch.LoadProgress;
import io.tidemark.batch.LoadReport;
import io.tidemark.batch.internal.AttachedJob;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.manifest.LoadEntry;
import io.tidemark.catalog.manifest.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loads of one run.
 *
 * @param manifest the manifest
 * @param names the names of the tables to load; none for all of the manifest
 * @param runId the run
 * @param extent how much of the tables
 * @param splitBytes how many bytes of a database one split has at most
 * @param progress is told how far the job is
 */
public record Fleet(
    Manifest manifest,
    Set<String> names,
    String runId,
    LoadExtent extent,
    long splitBytes,
    Consumer<LoadProgress> progress) {

  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

  /** Loads them, in one job. */
  public LoadReport load(StreamExecutionEnvironment environment) {
    AttachedJob.check(environment, "load");
    FleetHistory history = new FleetHistory(manifest, runId);
    List<LoadEntry> entries;
    List<TableLoad> loads;
    List<LoadOutcome> outcomes = new ArrayList<>();
    try (OpenCatalog open = OpenCatalog.of(manifest.catalog());
        SourceSessions sessions = new SourceSessions()) {
      LoadSelection selection = new LoadSelection(manifest, sessions);
      entries = selection.select(names);
      LoadPreparation preparation =
          new LoadPreparation(open.catalog(), sessions, runId, extent, splitBytes);
      entries.forEach(e -> preparation.prepare(e, manifest.loader(e.name())));
      loads = preparation.loads();
      outcomes.addAll(selection.failed());
      outcomes.addAll(preparation.outcomes());
    }
    outcomes.addAll(run(environment, loads));
    uninterrupted(() -> history.record(entries, outcomes));
    return new LoadReport(runId, inOrder(entries, outcomes));
  }

  private List<LoadOutcome> run(StreamExecutionEnvironment environment, List<TableLoad> loads) {
    if (loads.isEmpty()) {
      return List.of();
    }
    append(environment, loads);
    try {
      return execute(environment, loads);
    } catch (LakeException e) {
      LOG.debug("The job of run {} failed", runId, e);
      List<LoadOutcome> outcomes = new ArrayList<>();
      uninterrupted(() -> outcomes.addAll(new FailedJob(manifest.catalog(), loads, e).outcomes()));
      return outcomes;
    }
  }

  /** What became of the tables is asked and recorded by an interrupted thread too. */
  private static void uninterrupted(Runnable action) {
    boolean interrupted = Thread.interrupted();
    try {
      action.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static List<LoadOutcome> inOrder(List<LoadEntry> entries, List<LoadOutcome> outcomes) {
    List<String> order = entries.stream().map(LoadEntry::name).toList();
    return outcomes.stream().sorted(Comparator.comparing(o -> order.indexOf(o.table()))).toList();
  }

  private static void append(StreamExecutionEnvironment environment, List<TableLoad> loads) {
    environment.getCheckpointConfig().disableCheckpointing();
    environment
        .fromSource(new LoadSource(loads), WatermarkStrategy.noWatermarks(), "read and write")
        .uid("tidemark-load")
        .transform("commit", Types.VOID, new LoadCommitter(loads))
        .uid("tidemark-load-commit")
        .setParallelism(1)
        .setMaxParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid("tidemark-load-end")
        .setParallelism(1);
  }

  private List<LoadOutcome> execute(StreamExecutionEnvironment environment, List<TableLoad> loads) {
    return new AttachedJob(
            environment, "load %d tables".formatted(loads.size()), seen -> tell(seen, loads))
        .run(this::failed)
        .getAccumulatorResult(LoadCommitter.OUTCOMES);
  }

  private void tell(Map<String, Object> seen, List<TableLoad> loads) {
    if (seen.get(LoadCommitter.ROWS) instanceof Long rows
        && seen.get(LoadCommitter.TABLES) instanceof Long tables) {
      long expected = loads.stream().mapToLong(TableLoad::expectedRows).sum();
      progress.accept(new LoadProgress(rows, expected, tables.intValue(), loads.size()));
    }
  }

  private LakeException failed(String root, Throwable e) {
    return new LoadFailedException(
        "Cannot load: the job failed. Start it again under run id %s, which loads what has not landed (%s)"
            .formatted(runId, root),
        e);
  }
}
