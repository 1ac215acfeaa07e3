package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.Databases;
import io.tidemark.batch.internal.columnar.ColumnarWriter;
import io.tidemark.batch.internal.source.SourceSession;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.TableLoader;
import io.tidemark.catalog.UnavailableException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFileFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a reader has beside its splits: the catalog, opened once, a share of the process's memory,
 * and the session of the query that runs. Only {@link #cancel()} may come from another thread.
 */
final class WriterContext implements AutoCloseable {

  /** The part of the heap that all writers of a process buffer in; the rest is for all else. */
  private static final double SHARE_OF_HEAP = 0.35;

  private final int subtask;
  private final long memory;
  private @Nullable OpenCatalog catalog;
  private @Nullable SourceSession running;
  private final Map<String, SourceSession> kept = new HashMap<>();
  private boolean cancelled;

  private WriterContext(int subtask, long memory) {
    this.subtask = subtask;
    this.memory = memory;
  }

  static WriterContext of(SourceReaderContext context) {
    int slots = Math.max(1, context.getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS));
    double share = Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP / slots;
    return new WriterContext(context.getIndexOfSubtask(), (long) share);
  }

  /**
   * Returns the plain table of a load as it is now.
   *
   * @throws io.tidemark.catalog.commit.RefusedException if its columns are not those of the plan
   */
  Table table(TableLoad load) {
    TableLoader loader = load.loader();
    if (catalog == null) {
      catalog = OpenCatalog.of(loader.catalog());
    }
    Table table = PlainTable.load(catalog.catalog(), loader.identifier()).table();
    load.layout().checkColumns(table);
    return table;
  }

  /**
   * Returns a writer of a table's files.
   *
   * @param alone whether it writes all rows of the table, and may use another core for them
   */
  ColumnarWriter writer(Table table, String operation, boolean alone) {
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, subtask, 0)
            .format(FileFormat.PARQUET)
            .operationId(operation)
            .build();
    return new ColumnarWriter(table, files, memory, alone);
  }

  /**
   * Returns the session of a split, which {@link #cancel()} ends: that of the split before where
   * they share one.
   */
  SourceSession session(TableLoad load, LoadSplit split) {
    SourceSession before = takeKept(split);
    if (before == null && split.goesOn()) {
      throw new UnavailableException(
          "Cannot read from %s: the connection that saw the table's snapshot is gone"
              .formatted(load.source()));
    }
    SourceSession session = before == null ? Databases.openForLoad(load.source()) : before;
    run(session);
    return session;
  }

  private synchronized @Nullable SourceSession takeKept(LoadSplit split) {
    return kept.remove(attempt(split));
  }

  private synchronized void run(SourceSession session) {
    if (cancelled) {
      session.close();
      throw new IllegalStateException("The reader is closed");
    }
    running = session;
  }

  /** Closes the session of a split, unless the next one needs it. */
  synchronized void ended(SourceSession session, LoadSplit split, boolean keep) {
    running = null;
    if (keep && !cancelled) {
      kept.put(attempt(split), session);
    } else {
      session.close();
    }
  }

  private static String attempt(LoadSplit split) {
    return split.table() + "-" + split.attempt();
  }

  synchronized void cancel() {
    cancelled = true;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  public void close() {
    closeKept();
    if (catalog != null) {
      catalog.close();
    }
  }

  private synchronized void closeKept() {
    kept.values().forEach(SourceSession::close);
    kept.clear();
  }
}
