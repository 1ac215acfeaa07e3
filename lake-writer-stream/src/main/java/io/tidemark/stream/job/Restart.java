package io.tidemark.stream.job;

/** How a stream goes on that has published before. */
public enum Restart {
  /** From Flink's state; without it the start is refused. */
  WITH_STATE,
  /** Without state, from the positions that the table is complete to; refused if it has none. */
  TAKE_OVER,
  /** As {@link #TAKE_OVER}, and events that nobody has positions for any more are passed over. */
  ACCEPT_GAP,
  /** As {@link #TAKE_OVER}, and where there are no positions everything is read again. */
  ACCEPT_DUPLICATES
}
