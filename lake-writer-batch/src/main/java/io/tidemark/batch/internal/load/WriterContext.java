package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.columnar.ColumnarWriter;
import io.tidemark.batch.internal.postgres.Session;
import io.tidemark.catalog.OpenCatalog;
import io.tidemark.catalog.PlainTable;
import io.tidemark.catalog.TableLoader;
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
  private @Nullable Session running;
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

  /** Returns a plain table as it is now. */
  Table table(TableLoader target) {
    if (catalog == null) {
      catalog = OpenCatalog.of(target.catalog());
    }
    return PlainTable.load(catalog.catalog(), target.identifier()).table();
  }

  /** Returns a writer of a table's files. */
  ColumnarWriter writer(Table table, String operation) {
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, subtask, 0)
            .format(FileFormat.PARQUET)
            .operationId(operation)
            .build();
    return new ColumnarWriter(table, files, memory);
  }

  /** Makes a session the one that {@link #cancel()} ends. */
  synchronized Session run(Session session) {
    if (cancelled) {
      session.close();
      throw new IllegalStateException("The reader is closed");
    }
    running = session;
    return session;
  }

  synchronized void ended() {
    running = null;
  }

  synchronized void cancel() {
    cancelled = true;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  public void close() {
    if (catalog != null) {
      catalog.close();
    }
  }
}
