package io.tidemark.catalog.commit;

/**
 * Another run of the same stream has taken over: this one is a zombie, a fork, or was restored from
 * an older savepoint. It must stop; a run that is meant to win starts with an explicit take-over.
 */
public final class StreamFencedException extends RefusedException {

  private static final long serialVersionUID = 1L;

  public StreamFencedException(String message) {
    super(message);
  }
}
