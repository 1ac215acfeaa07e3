package io.tidemark.batch.internal;

import io.tidemark.batch.SealProgress;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/**
 * Waits for a seal's job and tells now and then how far it has come.
 *
 * @param job the job
 * @param rowsExpected how many rows the database expects
 * @param listener is told on the thread that waits
 */
record SealWatch(JobClient job, long rowsExpected, Consumer<SealProgress> listener) {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  JobExecutionResult await() throws ExecutionException, InterruptedException {
    CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
    while (true) {
      try {
        return end.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        rowsRead().ifPresent(rows -> listener.accept(new SealProgress(rows, rowsExpected)));
      }
    }
  }

  /** Progress is a courtesy: a job that cannot tell is left in peace. */
  private OptionalLong rowsRead() throws InterruptedException {
    try {
      Object read =
          job.getAccumulators().get(PAUSE.toMillis(), TimeUnit.MILLISECONDS).get(FinalRow.READ);
      return read instanceof Long rows ? OptionalLong.of(rows) : OptionalLong.empty();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      return OptionalLong.empty();
    }
  }
}
