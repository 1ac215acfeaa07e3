package io.tidemark.catalog.job;

/** A job that a runner started did not end well; the message is what the job said about it. */
public final class JobFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  JobFailedException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Returns the exit code of the same job in a process of its own: 1, 2 or 3. */
  public int exitCode() {
    return exitCode;
  }
}
