package io.tidemark.catalog.internal;

/**
 * A catalog did not say that a swap landed. Not one of Iceberg's cleanable failures: the files of
 * the attempt may be live whatever the answer was.
 */
final class SwapFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean conflict;

  /**
   * @param conflict whether the catalog answered that another commit came first
   */
  SwapFailedException(boolean conflict, RuntimeException cause) {
    super(cause);
    this.conflict = conflict;
  }

  /** Returns what the catalog said, for messages. */
  String answer() {
    return String.valueOf(getCause().getMessage());
  }

  boolean isConflict() {
    return conflict;
  }
}
