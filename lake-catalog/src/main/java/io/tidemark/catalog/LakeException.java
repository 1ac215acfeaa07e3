package io.tidemark.catalog;

/**
 * What can go wrong with a unified table, typed by what the caller can do next. The message names
 * the table, the window, the cause and the next step.
 */
public abstract class LakeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  protected LakeException(String message) {
    super(message);
  }

  protected LakeException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns the exit code of a job that ends with this: 1 failed, 2 bad input, 3 refused. */
  public abstract int exitCode();
}
