package io.tidemark.batch.internal.load;

import io.tidemark.catalog.LakeException;

/** The job of a run of loads failed as a whole. */
final class LoadFailedException extends LakeException {

  private static final long serialVersionUID = 1L;

  LoadFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
