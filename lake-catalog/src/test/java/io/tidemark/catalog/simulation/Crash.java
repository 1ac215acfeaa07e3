package io.tidemark.catalog.simulation;

/** The end of an actor's process. An error, so that nobody who handles exceptions handles it. */
final class Crash extends Error {

  private static final long serialVersionUID = 1L;

  Crash() {
    super("the process ends here", null, false, false);
  }
}
