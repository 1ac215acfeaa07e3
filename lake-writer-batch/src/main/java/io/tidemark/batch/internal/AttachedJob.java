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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(AttachedJob.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(30);

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
   * Runs the job to its end. Where the thread is interrupted, the job is cancelled, and the thread
   * is interrupted still.
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
    try {
      while (true) {
        try {
          return end.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          tell(job);
        }
      }
    } catch (InterruptedException e) {
      stop(job);
      throw e;
    }
  }

  /** Nobody waits for the job any more, so it is not to go on, nor are its tables asked before. */
  private static void stop(JobClient job) {
    try {
      job.cancel().get(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
      job.getJobExecutionResult().get(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      LOG.debug("A job whose client was interrupted has not ended well", e);
    } finally {
      Thread.currentThread().interrupt();
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
