package io.tidemark.stream.job;

/** An event that cannot be read; the message is the reason kept with it. */
final class UnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableException(String reason) {
    super(reason, null, false, false);
  }
}
