package io.tidemark.batch;

import io.tidemark.batch.internal.seal.OneAttempt;
import io.tidemark.batch.internal.seal.RowLayout;
import io.tidemark.batch.internal.seal.SealOrder;
import io.tidemark.batch.internal.seal.SealTopology;
import io.tidemark.batch.internal.seal.SettledRowCheck;
import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnifiedTable;
import io.tidemark.catalog.commit.Seal.Allow;
import io.tidemark.catalog.commit.SealPlan;
import io.tidemark.catalog.window.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/**
 * Takes windows of a unified table over with the rows of a bounded stream, in one commit at the end
 * of the job.
 *
 * <pre>{@code
 * Seal.forRowData(settled).table(tableLoader).window(day).runId(airflowRunId).uidSuffix("ads").append();
 * }</pre>
 *
 * <p>Defaults: a first seal, not a {@linkplain #reseal() reseal}; no cut; nothing {@linkplain
 * #allow allowed}; as many writers as the environment's parallelism. A table, a window and a run id
 * must be given.
 *
 * <p>Rows outside the windows or off the grain, null keys and duplicates are found before the
 * commit, and fail the job with a {@link io.tidemark.catalog.commit.RefusedException}. A job that
 * is started again under the same run id after it had landed changes nothing. What became of the
 * seal is in {@link SealReport#of}. For one thread.
 */
public final class Seal {

  private final DataStream<RowData> settled;
  private final Set<Allow> allowed = EnumSet.noneOf(Allow.class);
  private @Nullable TableLoader loader;
  private @Nullable Window range;
  private @Nullable String runId;
  private @Nullable String cut;
  private String uidSuffix = "";
  private boolean again;
  private int writers;

  private Seal(DataStream<RowData> settled) {
    this.settled = settled;
    this.writers = settled.getExecutionEnvironment().getParallelism();
  }

  /**
   * Starts a seal.
   *
   * @param settled a bounded stream of inserts with the contract's source columns, period, keys and
   *     measures, in their order, one row per period and key; its type is an {@code
   *     InternalTypeInfo} of the columns' types
   */
  public static Seal forRowData(DataStream<RowData> settled) {
    return new Seal(settled);
  }

  /** Names the table. */
  public Seal table(TableLoader tableLoader) {
    this.loader = tableLoader;
    return this;
  }

  /** Names the windows: one, or a range of several. */
  public Seal window(Window windows) {
    this.range = windows;
    return this;
  }

  /**
   * Names the run; the same id again is the same seal.
   *
   * @throws InvalidRequestException if the id is blank
   */
  public Seal runId(String id) {
    this.runId = checkedRunId(id);
    return this;
  }

  static String checkedRunId(String id) {
    if (id.isBlank()) {
      throw new InvalidRequestException(
          "Cannot seal: the run id is blank, and would be that of every such run");
    }
    return id;
  }

  /** Corrects windows that are closed, instead of closing open ones. */
  public Seal reseal() {
    this.again = true;
    return this;
  }

  /** Records the source position that the rows cover, e.g. a timestamp or an LSN. */
  public Seal cut(String position) {
    this.cut = position;
    return this;
  }

  /** Says the explicit word for what a seal does not do by itself. */
  public Seal allow(Allow... words) {
    this.allowed.addAll(List.of(words));
    return this;
  }

  /**
   * Sets how many tasks sort and write; the parallelism of the environment by default.
   *
   * @throws InvalidRequestException if it is less than 1
   */
  public Seal writeParallelism(int parallelism) {
    if (parallelism < 1) {
      throw new InvalidRequestException(
          "Cannot seal with %d writers: at least one has to write".formatted(parallelism));
    }
    this.writers = parallelism;
    return this;
  }

  /** Tells the operators' ids from those of another seal in the same job. */
  public Seal uidSuffix(String suffix) {
    this.uidSuffix = suffix;
    return this;
  }

  /**
   * Plans the seal against the table as it is now and appends its operators to the stream. Call
   * this before the source is read; nothing runs yet.
   *
   * @throws InvalidRequestException if a part is missing, the range is not of whole windows, the
   *     job takes checkpoints, or the rows have other columns or types, which the message names
   * @throws io.tidemark.catalog.commit.RefusedException if the table's state forbids the seal
   */
  public DataStreamSink<Void> append() {
    if (loader == null || range == null || runId == null) {
      throw new InvalidRequestException("Cannot seal: it needs a table, a window and a run id");
    }
    OneAttempt.check(settled.getExecutionEnvironment(), loader.table());
    try (OpenCatalog open = OpenCatalog.of(loader.catalog())) {
      UnifiedTable table = loader.load(open.catalog());
      table.contract().checkCut(cut);
      RowLayout layout = RowLayout.of(table);
      SettledRowCheck.checkType(settled.getType(), layout, loader.table());
      SealPlan plan = plan(table, runId, range);
      DataStream<RowData> rows = plan.alreadySealed() ? settled.filter(row -> false) : settled;
      SealOrder order = new SealOrder(loader, plan, cut, allowed);
      return new SealTopology(order, layout, uidSuffix).append(rows, writers);
    }
  }

  private SealPlan plan(UnifiedTable table, String run, Window windows) {
    return again ? table.planReseal(run, windows) : table.planSeal(run, windows, allowed);
  }
}
