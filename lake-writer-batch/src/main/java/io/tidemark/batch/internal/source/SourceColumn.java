package io.tidemark.batch.internal.source;

import java.io.Serializable;

/** A column of a table. */
public interface SourceColumn extends Serializable {

  /** Returns its name as it is, unquoted. */
  String name();

  /** Tells whether the session's user may read it. */
  boolean readable();
}
