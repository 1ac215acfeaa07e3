package io.tidemark.catalog.commit;

import io.tidemark.catalog.LakeException;

/**
 * The catalog refused a commit for its credentials, and so will it any other until somebody mends
 * them. This call committed nothing and deleted no file. The caller may try again with the same
 * commit id or run id.
 */
public final class CommitForbiddenException extends LakeException {

  private static final long serialVersionUID = 1L;

  public CommitForbiddenException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 2;
  }
}
