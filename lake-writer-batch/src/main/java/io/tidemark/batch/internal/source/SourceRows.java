package io.tidemark.batch.internal.source;

import io.tidemark.batch.internal.columnar.RowReader;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The rows of a range, as they come. For one thread.
 *
 * <p>It has read all rows when {@link #next()} has returned false, and not before: a connection
 * that breaks, and a count that differs from the database's own, are failures.
 */
public interface SourceRows extends RowReader, AutoCloseable {

  /**
   * Moves to the next row.
   *
   * @return whether there is one
   * @throws io.tidemark.catalog.LakeException if the database or the connection fails
   */
  boolean next();

  /**
   * Returns, at the end of the rows, how many the database itself says it has sent, counted where
   * it read them; nothing where it says nothing, and has to be asked to count.
   */
  default OptionalLong sent() {
    return OptionalLong.empty();
  }

  /** Returns how many values became null because they fit no type, by column, if any did. */
  Map<String, Long> unfit();

  /**
   * Returns, at the end of the rows, what tells a later session whether the range still has them;
   * nothing where nothing can.
   */
  Optional<String> proof();

  @Override
  void close();
}
