package io.tidemark.batch.internal.postgres;

import java.util.List;

/** What rows are copied of. */
interface Copied {

  /** Returns what to select from, without a name. */
  String from();

  /** Returns the conditions that its rows meet. */
  List<String> conditions();
}
