package io.tidemark.batch.internal.load;

import io.tidemark.batch.LoadOutcome;
import io.tidemark.catalog.LakeException;
import io.tidemark.catalog.Secrets;
import io.tidemark.catalog.UnavailableException;
import java.io.Serializable;

/**
 * Why a table could not be loaded.
 *
 * @param message for the person who must act
 * @param exitCode what kind of failure it is: 1 failed, 2 bad input, 3 refused
 * @param mayPass whether trying again may help
 */
record Failure(String message, int exitCode, boolean mayPass) implements Serializable {

  /** Returns what became of a table for it. */
  LoadOutcome.Failed outcome(String table) {
    return new LoadOutcome.Failed(table, message, exitCode);
  }

  /** Returns the failure that an exception tells of. */
  static Failure of(String table, Throwable thrown) {
    if (thrown instanceof LakeException lake) {
      boolean mayPass = lake instanceof UnavailableException;
      return new Failure(Secrets.redact(lake.getMessage()), lake.exitCode(), mayPass);
    }
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String cause = thrown == root ? thrown.toString() : thrown + ", caused by " + root;
    String message = "Cannot load %s: %s. Start it again".formatted(table, cause);
    return new Failure(Secrets.redact(message), 1, false);
  }
}
