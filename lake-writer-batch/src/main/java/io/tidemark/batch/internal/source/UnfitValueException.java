package io.tidemark.batch.internal.source;

import io.tidemark.catalog.InvalidRequestException;

/** A value that the type of its column cannot hold. Its message says which and why. */
public final class UnfitValueException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates one without a trace of the stack: there may be one for every row. */
  public UnfitValueException(String message) {
    super(message, null, false, false);
  }

  /**
   * Returns the failure of whoever cannot do without the value, and says what can be done.
   *
   * @param column the name of its column
   * @param required whether nulls will not do either
   * @param query what is read, for people
   * @param isOfQuery whether that is a query of the user's, and no table
   */
  public InvalidRequestException failure(
      String column, boolean required, SourceQuery query, boolean isOfQuery) {
    return new InvalidRequestException(
        "Cannot read column %s of %s: %s. %s"
            .formatted(column, query, getMessage(), wayOut(required, isOfQuery)),
        this);
  }

  private static String wayOut(boolean required, boolean isOfQuery) {
    if (isOfQuery) {
      return "Mend it there, or in the query";
    }
    return required
        ? "It is part of the key: mend it there, or leave the row out by a filter"
        : "Mend it there, leave the row out by a filter, have unfit values become null, or read another expression";
  }
}
