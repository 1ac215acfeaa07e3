package io.tidemark.batch.internal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/**
 * Waits for a job and tells about once a second what its accumulators have come to.
 *
 * @param job the job
 * @param listener is told on the thread that waits
 */
public record JobWatch(JobClient job, Consumer<Map<String, Object>> listener) {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Waits for the end of the job. */
  public JobExecutionResult await() throws ExecutionException, InterruptedException {
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
      listener.accept(job.getAccumulators().get(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      return;
    }
  }
}
