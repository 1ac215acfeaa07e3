package io.tidemark.batch.internal.columnar;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.relocated.com.google.common.base.Throwables;
import org.apache.iceberg.util.ThreadPools;
import org.jspecify.annotations.Nullable;

/**
 * Writes full batches to their files, one at a time and in their order: in the thread that fills
 * them, or beside it in a thread of its own, which encodes and compresses a batch while the next
 * one is filled. Nobody may look at a file while a batch is written to it, see {@link #await()}.
 *
 * <p>For one thread.
 */
final class BatchWriting implements AutoCloseable {

  private final boolean beside;
  private @Nullable ExecutorService thread;
  private CompletableFuture<?> running = CompletableFuture.completedFuture(null);
  private ColumnVector @Nullable [] spare;

  /**
   * @param beside whether there is to be a thread, which begins with the first batch
   */
  BatchWriting(boolean beside) {
    this.beside = beside;
  }

  /**
   * Writes a batch, after the one before it.
   *
   * @return an empty batch to go on with, if there is one; the batch given is no longer the
   *     caller's
   * @throws RuntimeException where this batch or the one before cannot be written
   */
  ColumnVector @Nullable [] write(ColumnarFile file, ColumnVector[] batch) {
    if (!beside) {
      writeNow(file, batch);
      return batch;
    }
    await();
    ColumnVector[] free = spare;
    spare = batch;
    running = CompletableFuture.runAsync(() -> writeAndClear(file, batch), thread());
    return free;
  }

  /** Writes a batch after the one before it, and empties it; it stays the caller's. */
  void writeNow(ColumnarFile file, ColumnVector[] batch) {
    await();
    writeAndClear(file, batch);
  }

  /**
   * Waits until no batch is being written.
   *
   * @throws RuntimeException where the last one could not be
   */
  void await() {
    try {
      running.join();
    } catch (CompletionException e) {
      Throwables.throwIfUnchecked(e.getCause());
      throw e;
    }
  }

  /** Says whether no batch is being written now. */
  boolean isIdle() {
    return running.isDone();
  }

  /** Waits for the batch that is being written, whatever comes of it, and ends the thread. */
  @Override
  public void close() {
    running.handle((nothing, failure) -> nothing).join();
    if (thread != null) {
      thread.shutdown();
    }
  }

  private static void writeAndClear(ColumnarFile file, ColumnVector[] batch) {
    file.write(batch);
    for (ColumnVector vector : batch) {
      vector.clear();
    }
  }

  private ExecutorService thread() {
    if (thread == null) {
      thread = ThreadPools.newFixedThreadPool(Thread.currentThread().getName() + " writing", 1);
    }
    return thread;
  }
}
