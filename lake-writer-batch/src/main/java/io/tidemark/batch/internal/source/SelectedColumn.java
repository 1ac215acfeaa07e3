package io.tidemark.batch.internal.source;

import io.tidemark.catalog.manifest.Mask;
import java.io.Serializable;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** One column to read. Its text is part of what makes the files of a load what they are. */
public interface SelectedColumn extends Serializable {

  /** Returns what it is called in Iceberg and in messages. */
  String name();

  /** Returns how its values, which are texts then, are made unreadable, or null. */
  @Nullable Mask mask();

  /** Names the type it has in the database, for people. */
  String typeName();

  /** Returns this column under another name. */
  SelectedColumn named(String other);

  /** Returns this column, a text, with its values masked. */
  SelectedColumn maskedBy(Mask by);

  /** Returns a column of the same type that is always null. */
  SelectedColumn asNull();

  /**
   * Returns this column as another Iceberg type, losing nothing: values that do not fit are what
   * the query says of unmappable ones.
   *
   * @return the column; empty where its values cannot be had in that type
   */
  Optional<SelectedColumn> as(Type asked);
}
