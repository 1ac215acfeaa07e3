package io.tidemark.batch.internal.load;

import io.tidemark.batch.internal.source.SourceSession;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans tables beside the coordinator's thread, each in a thread of its own: every one waits for
 * its database, and none is to wait for another's. Keeps the sessions that hold their snapshots.
 */
final class Planning implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Planning.class);

  private final SplitEnumeratorContext<?> context;
  private final ExecutorService threads = Executors.newCachedThreadPool(Planning::thread);
  private final Set<SourceSession> holders = new LinkedHashSet<>();
  private boolean closed;

  Planning(SplitEnumeratorContext<?> context) {
    this.context = context;
  }

  /**
   * Plans a table.
   *
   * @param whenDone is told of the plan or why there is none, on the coordinator's thread
   */
  void start(
      Supplier<SplitPlan> plan, BiConsumer<@Nullable SplitPlan, @Nullable Throwable> whenDone) {
    threads.execute(
        () -> {
          SplitPlan made;
          try {
            made = keep(plan.get());
          } catch (RuntimeException | Error e) {
            tell(() -> whenDone.accept(null, e));
            return;
          }
          tell(() -> whenDone.accept(made, null));
        });
  }

  /** Closes a session whose snapshot is needed no more. */
  void release(SourceSession holder) {
    synchronized (holders) {
      holders.remove(holder);
    }
    holder.close();
  }

  @Override
  public void close() {
    threads.shutdown();
    synchronized (holders) {
      closed = true;
      holders.forEach(SourceSession::close);
      holders.clear();
    }
  }

  private SplitPlan keep(SplitPlan plan) {
    synchronized (holders) {
      if (plan.holder() == null) {
        return plan;
      }
      if (closed) {
        plan.holder().close();
        throw new IllegalStateException("The job has ended");
      }
      holders.add(plan.holder());
      return plan;
    }
  }

  private void tell(Runnable event) {
    try {
      context.runInCoordinatorThread(event);
    } catch (RejectedExecutionException e) {
      LOG.debug("The job has ended while a table was planned", e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tidemark-plan");
    thread.setDaemon(true);
    return thread;
  }
}
