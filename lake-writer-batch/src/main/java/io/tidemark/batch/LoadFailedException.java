package io.tidemark.batch;

import io.tidemark.catalog.LakeException;

/**
 * The job of a run of loads failed as a whole. Which tables had landed is not known here: start it
 * again under the same run id, which loads the others.
 */
public final class LoadFailedException extends LakeException {

  private static final long serialVersionUID = 1L;

  public LoadFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
