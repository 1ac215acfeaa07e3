package io.tidemark.batch;

import io.tidemark.catalog.LakeException;

/**
 * The job of a seal failed. Whether its commit landed is not known here: start it again under the
 * same run id, which changes nothing if it did.
 */
public final class SealFailedException extends LakeException {

  private static final long serialVersionUID = 1L;

  public SealFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
