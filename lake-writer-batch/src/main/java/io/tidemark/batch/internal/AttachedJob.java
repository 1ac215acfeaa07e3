package io.tidemark.batch.internal;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.Secrets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/**
 * A job whose end its client waits for, as only the end tells what became of it.
 *
 * @param environment holds what the job does
 * @param action what it does, for people, e.g. {@code load 3 tables}
 * @param listener is told about once a second what the job's accumulators have come to, on the
 *     thread that waits
 */
public record AttachedJob(
    StreamExecutionEnvironment environment, String action, Consumer<Map<String, Object>> listener) {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /**
   * Checks that a client may wait for the end.
   *
   * @throws InvalidRequestException if it is to be detached
   */
  public static void check(StreamExecutionEnvironment environment, String action) {
    if (!environment.getConfiguration().get(DeploymentOptions.ATTACHED)) {
      throw new InvalidRequestException(
          "Cannot %s: a detached client never learns what became of it. Run it attached, without -d"
              .formatted(action));
    }
  }

  /**
   * Runs the job to its end.
   *
   * @param failed makes an exception of the root of any other failure and of the failure itself
   * @throws LakeException the one that a task threw, or what {@code failed} makes
   */
  public JobExecutionResult run(BiFunction<String, Throwable, LakeException> failed) {
    try {
      return await(environment.executeAsync(action));
    } catch (Exception e) {
      throw ExceptionUtils.findThrowableSerializedAware(
              e, LakeException.class, getClass().getClassLoader())
          .orElseGet(() -> failed.apply(Secrets.redact(root(e).toString()), e));
    }
  }

  private JobExecutionResult await(JobClient job) throws ExecutionException, InterruptedException {
    CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
    while (true) {
      try {
        return end.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        tell(job);
      }
    }
  }

  /** Progress is a courtesy: a job that cannot tell is left in peace. */
  private void tell(JobClient job) throws InterruptedException {
    try {
      listener.accept(job.getAccumulators().get(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      return;
    }
  }

  private static Throwable root(Throwable thrown) {
    return thrown.getCause() == null ? thrown : root(thrown.getCause());
  }
}
