package io.tidemark.batch.internal.source;

/** A column of a table. */
public interface SourceColumn {

  /** Returns its name as it is, unquoted. */
  String name();

  /** Tells whether the session's user may read it. */
  boolean readable();
}
