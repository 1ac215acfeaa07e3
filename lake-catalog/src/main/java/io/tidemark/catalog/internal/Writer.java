package io.tidemark.catalog.internal;

import java.util.Locale;

/** Who made a commit, as its summary says. */
public enum Writer {
  STREAM,
  TAKE_OVER,
  RETIREMENT,
  SEAL,
  LOAD,
  MAINTENANCE,
  REPAIR,
  EVOLUTION,
  /** An empty commit that makes another one impossible. */
  FENCE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
