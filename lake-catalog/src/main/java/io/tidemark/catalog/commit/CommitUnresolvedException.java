package io.tidemark.catalog.commit;

import io.tidemark.catalog.LakeException;

/**
 * Whether a commit landed could not be found out, or it could not be brought through, within the
 * time allowed. No file was deleted. The caller may try again with the same commit id or run id.
 */
public final class CommitUnresolvedException extends LakeException {

  private static final long serialVersionUID = 1L;

  public CommitUnresolvedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
