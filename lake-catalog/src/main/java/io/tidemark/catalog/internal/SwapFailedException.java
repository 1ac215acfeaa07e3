package io.tidemark.catalog.internal;

import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;

/**
 * A catalog did not say that a swap landed. Not one of Iceberg's cleanable failures: the files of
 * the attempt may be live whatever the answer was.
 */
final class SwapFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SwapFailedException(RuntimeException cause) {
    super(cause);
  }

  /** Returns what the catalog said, for messages. */
  String answer() {
    return String.valueOf(getCause().getMessage());
  }

  /** Tells whether the catalog answered that another commit came first. */
  boolean isConflict() {
    return getCause() instanceof CommitFailedException;
  }

  /** Tells whether the catalog answered that these credentials may not commit. */
  boolean isForbidden() {
    return getCause() instanceof ForbiddenException || getCause() instanceof NotAuthorizedException;
  }
}
