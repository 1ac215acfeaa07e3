package io.tidemark.batch.internal.seal;

import io.tidemark.batch.SealFailedException;
import io.tidemark.batch.SealProgress;
import io.tidemark.batch.SealReport;
import io.tidemark.batch.internal.AttachedJob;
import io.tidemark.batch.internal.settled.SettledQuery;
import io.tidemark.batch.internal.settled.SettledRead;
import io.tidemark.batch.internal.settled.SettledSource;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Seal.Allow;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.manifest.TableEntry;
import io.tidemark.catalog.window.Window;
import io.tidemark.catalog.window.WindowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/**
 * A seal from the query of a manifest's entry: what can be wrong with the request is found before
 * anything is written or read.
 *
 * @param loader the table
 * @param entry its entry, with a batch
 * @param range the windows
 * @param runId the run
 * @param cut the source position it covers, or null
 * @param allowed what the caller explicitly allows
 * @param progress is told how far the read has come
 */
public record QuerySeal(
    TableLoader loader,
    TableEntry entry,
    Window range,
    String runId,
    @Nullable String cut,
    Set<Allow> allowed,
    Consumer<SealProgress> progress) {

  /** Closes windows. */
  public SealReport seal(StreamExecutionEnvironment environment) {
    return run(environment, table -> table.planSeal(runId, range, allowed));
  }

  /** Corrects closed windows. */
  public SealReport reseal(StreamExecutionEnvironment environment) {
    return run(environment, table -> table.planReseal(runId, range));
  }

  private SealReport run(
      StreamExecutionEnvironment environment, Function<UnifiedTable, SealPlan> planning) {
    AttachedJob.check(environment, "seal " + name());
    checkWindows(entry.contract().window());
    entry.contract().checkCut(cut);
    SettledQuery query =
        SettledQuery.of(Objects.requireNonNull(entry.batch()), entry.contract(), range);
    SettledRead read = SettledRead.of(query, entry.name());
    try (OpenCatalog open = OpenCatalog.of(loader.catalog())) {
      UnifiedTable table =
          UnifiedTable.createOrVerify(open.catalog(), loader.identifier(), entry.contract());
      SealPlan plan = planning.apply(table);
      if (plan.alreadySealed()) {
        return alreadySealed(table, plan);
      }
      append(
          environment,
          read.inOrderOf(table.contract()),
          new SealOrder(loader, plan, cut, allowed),
          RowLayout.of(table));
    }
    return execute(environment, Math.max(0, read.brought().estimatedRows()));
  }

  private void append(
      StreamExecutionEnvironment environment, SettledRead read, SealOrder order, RowLayout layout) {
    environment.getCheckpointConfig().disableCheckpointing();
    SettledSource source = new SettledSource(read, layout.sourceType());
    DataStream<RowData> settled =
        environment
            .fromSource(
                source, WatermarkStrategy.noWatermarks(), "read " + read.query().source().name())
            .setParallelism(read.readers(environment.getParallelism()))
            .uid("tidemark-seal-read");
    new SealTopology(order, layout, "").append(settled, environment.getParallelism());
  }

  private SealReport execute(StreamExecutionEnvironment environment, long rowsExpected) {
    JobExecutionResult result =
        new AttachedJob(environment, "seal " + name(), seen -> tell(seen, rowsExpected))
            .run(this::failed);
    return SealReport.of(result, entry.name(), runId).orElseThrow();
  }

  private void tell(Map<String, Object> seen, long rowsExpected) {
    if (seen.get(FinalRow.READ) instanceof Long rows) {
      progress.accept(new SealProgress(rows, rowsExpected));
    }
  }

  private LakeException failed(String root, Throwable e) {
    return new SealFailedException(
        "Cannot seal %s: the job failed. Start it again under run id %s, which changes nothing if it landed (%s)"
            .formatted(name(), runId, root),
        e);
  }

  private void checkWindows(WindowSpec spec) {
    if (range.lo().isBefore(spec.origin())) {
      throw new InvalidRequestException(
          "Cannot seal %s: the table begins at %s".formatted(name(), spec.origin()));
    }
    try {
      spec.split(range);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          "Cannot seal %s: %s".formatted(entry.name(), e.getMessage()), e);
    }
  }

  private SealReport alreadySealed(UnifiedTable table, SealPlan plan) {
    return new SealReport(
        entry.name(),
        runId,
        entry.contract().window(),
        plan.windows(),
        true,
        0,
        0,
        table.table().currentSnapshot().snapshotId(),
        table.state().closed().boundary(entry.contract().window().origin()),
        List.of(),
        Duration.ZERO);
  }

  private String name() {
    return entry.name() + " " + entry.contract().window().format(range);
  }
}
