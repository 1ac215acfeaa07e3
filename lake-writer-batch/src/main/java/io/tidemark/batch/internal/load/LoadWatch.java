package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/**
 * Waits for a job of loads and tells now and then how far it has come.
 *
 * @param job the job
 * @param loads the tables
 * @param listener is told on the thread that waits
 */
record LoadWatch(JobClient job, List<TableLoad> loads, Consumer<LoadProgress> listener) {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  JobExecutionResult await() throws ExecutionException, InterruptedException {
    CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
    while (true) {
      try {
        return end.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        tell();
      }
    }
  }

  /** Progress is a courtesy: a job that cannot tell is left in peace. */
  private void tell() throws InterruptedException {
    try {
      Map<String, Object> seen = job.getAccumulators().get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      if (seen.get(LoadCommitter.ROWS) instanceof Long rows
          && seen.get(LoadCommitter.TABLES) instanceof Long tables) {
        listener.accept(new LoadProgress(rows, rowsExpected(), tables.intValue(), loads.size()));
      }
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      return;
    }
  }

  private long rowsExpected() {
    return loads.stream().mapToLong(load -> Math.max(0, load.relation().estimatedRows())).sum();
  }
}
