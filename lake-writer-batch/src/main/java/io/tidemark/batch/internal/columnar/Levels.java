package io.tidemark.batch.internal.columnar;

/**
 * The levels at which a vector's values stand in the record: for the flat columns of a table, all 0
 * but the definition level of an optional one.
 *
 * @param first the repetition level of the first value written
 * @param next the repetition level of every other value
 * @param definition the definition level of a value that is not null; a null's is one less
 */
record Levels(int first, int next, int definition) {

  /** Returns the levels of a column of the table. */
  static Levels ofColumn(boolean optional) {
    return new Levels(0, 0, optional ? 1 : 0);
  }

  /** Returns the levels of the elements of a list that stands at this level. */
  Levels ofElements(int listRepetition, boolean optional) {
    return new Levels(listRepetition, next + 1, definition + (optional ? 2 : 1));
  }
}
