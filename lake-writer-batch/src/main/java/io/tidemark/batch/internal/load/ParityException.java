package io.tidemark.batch.internal.load;

import io.tidemark.catalog.LakeException;

/** The files of a table hold other rows than its database. */
final class ParityException extends LakeException {

  private static final long serialVersionUID = 1L;

  ParityException(String message) {
    super(message);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
