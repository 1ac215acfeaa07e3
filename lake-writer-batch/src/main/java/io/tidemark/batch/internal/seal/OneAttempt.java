package io.tidemark.batch.internal.seal;

import io.tidemark.catalog.InvalidRequestException;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A seal holds its rows outside of Flink's state: resumed from a checkpoint it would lose those
 * that were read before. So there must be none.
 */
public final class OneAttempt {

  private OneAttempt() {}

  /**
   * Checks that no checkpoints are taken.
   *
   * @throws InvalidRequestException if they are
   */
  public static void check(StreamExecutionEnvironment environment, String table) {
    boolean streaming =
        environment.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
            == RuntimeExecutionMode.STREAMING;
    if (streaming && environment.getCheckpointConfig().isCheckpointingEnabled()) {
      throw refusal(table);
    }
  }

  /** Ends the job where a checkpoint is taken all the same. */
  static SuppressRestartsException noCheckpoints(String table) {
    return new SuppressRestartsException(refusal(table));
  }

  private static InvalidRequestException refusal(String table) {
    return new InvalidRequestException(
        "Cannot seal %s in a job with checkpoints: a seal is one attempt. Disable them, or use the batch runtime mode"
            .formatted(table));
  }
}
