package io.tidemark.batch.internal.source;

import java.io.Serializable;
import java.util.OptionalLong;

/** A column of a table. */
public interface SourceColumn extends Serializable {

  /** Returns its name as it is, unquoted. */
  String name();

  /** Tells whether the session's user may read it. */
  boolean readable();

  /** Returns the largest number of its type, where the Iceberg type that it becomes has larger. */
  default OptionalLong greatest() {
    return OptionalLong.empty();
  }
}
