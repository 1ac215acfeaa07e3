package io.tidemark.batch.internal.source;

/** A value that the type of its column cannot hold. Its message says which and why. */
public final class UnfitValueException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates one without a trace of the stack: there may be one for every row. */
  public UnfitValueException(String message) {
    super(message, null, false, false);
  }
}
