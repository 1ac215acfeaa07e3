package io.tidemark.catalog.commit;

import io.tidemark.catalog.LakeException;

/**
 * A guard refused the commit: the request is well formed, the table is in a state that forbids it.
 * Nothing was committed, so that the files that were meant for the commit may be deleted. The
 * message names what the caller may say or do to go on.
 */
public class RefusedException extends LakeException {

  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }

  @Override
  public int exitCode() {
    return 3;
  }
}
