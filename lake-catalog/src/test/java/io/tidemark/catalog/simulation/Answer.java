package io.tidemark.catalog.simulation;

/** What becomes of a swap, and what its caller is told. */
enum Answer {
  /** What happened. */
  TRUE,
  /** It landed; the answer says that another commit came first. */
  HIDDEN_SUCCESS,
  /** It landed; no answer. */
  LANDED_UNANSWERED,
  /** It did not land; no answer. */
  LOST,
  /** No answer yet; it is tried some steps later. */
  DELAYED,
  /** The caller's process ends before the swap. */
  CRASH_BEFORE,
  /** The caller's process ends after the swap, before the answer. */
  CRASH_AFTER
}
