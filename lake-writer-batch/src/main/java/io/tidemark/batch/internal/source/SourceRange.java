package io.tidemark.batch.internal.source;

import java.io.Serializable;

/** Some of a table's rows: all that there are in part of its pages, or of its keys. */
public interface SourceRange extends Serializable {

  /** Returns about how many bytes of the database it takes. */
  long bytes();

  /** Returns what {@link SourceTable#range} makes this range of again; no secret is in it. */
  String text();

  /** Tells whether a row may be in both. */
  boolean overlaps(SourceRange other);
}
